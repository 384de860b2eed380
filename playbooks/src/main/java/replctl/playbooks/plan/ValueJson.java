package replctl.playbooks.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import replctl.inventory.NodeName;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Script;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.SecretRef;
import replctl.playbooks.world.Value;

/** The parts of a plan that are calls, as JSON. A secret is its name there, never itself. */
final class ValueJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ValueJson() {}

  static ObjectNode write(ScriptCall call) {
    ObjectNode node = JSON.objectNode();
    node.put("script", call.script().toString());
    node.put("mode", call.mode().name().toLowerCase(Locale.ROOT));
    ObjectNode values = node.putObject("values");
    call.values().forEach((name, value) -> values.set(name, write(value)));
    return node;
  }

  static ScriptCall call(JsonNode node) {
    String[] script = text(node, "script").split("/", 2);
    if (script.length != 2) {
      throw new IllegalArgumentException("not a script: " + text(node, "script"));
    }
    SortedMap<String, Value> values = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : required(node, "values").properties()) {
      values.put(entry.getKey(), value(entry.getValue()));
    }
    ScriptCall.Mode mode = ScriptCall.Mode.valueOf(text(node, "mode").toUpperCase(Locale.ROOT));
    return new ScriptCall(new Script(script[0], script[1]), mode, values);
  }

  static JsonNode write(Value value) {
    if (value instanceof Value.Text text) {
      return JSON.textNode(text.text());
    }
    if (value instanceof Value.Known known) {
      return JSON.objectNode().put("step", known.step()).put("fact", known.fact());
    }
    Value.Hidden hidden = (Value.Hidden) value;
    return JSON.objectNode()
        .put("secret", hidden.secret().name())
        .put("form", hidden.form().name().toLowerCase(Locale.ROOT));
  }

  static Value value(JsonNode node) {
    if (node.isTextual()) {
      return new Value.Text(node.textValue());
    }
    if (node.has("secret")) {
      return new Value.Hidden(
          new SecretRef(text(node, "secret")),
          Value.Form.valueOf(text(node, "form").toUpperCase(Locale.ROOT)));
    }
    return new Value.Known(text(node, "step"), text(node, "fact"));
  }

  static JsonNode write(Place place) {
    if (place instanceof Place.Host host) {
      return JSON.objectNode().put("node", host.node().value());
    }
    if (place instanceof Place.Witness witness) {
      return JSON.objectNode().put("witness", witness.name().value());
    }
    if (place instanceof Place.Login login) {
      return JSON.objectNode().put("login", login.node().value());
    }
    if (place instanceof Place.Gateway gateway) {
      return JSON.objectNode().put("gateway", gateway.host()).put("redirect", gateway.redirect());
    }
    return place instanceof Place.Via via
        ? JSON.objectNode().put("node", via.node().value()).put("through", via.through().value())
        : JSON.objectNode().put("operator", true);
  }

  static Place place(JsonNode node) {
    if (node.has("witness")) {
      return new Place.Witness(new NodeName(text(node, "witness")));
    }
    if (node.has("login")) {
      return new Place.Login(new NodeName(text(node, "login")));
    }
    if (node.has("gateway")) {
      return new Place.Gateway(text(node, "gateway"), (int) number(node, "redirect"));
    }
    if (!node.has("node")) {
      return new Place.Operator();
    }
    NodeName name = new NodeName(text(node, "node"));
    return node.has("through")
        ? new Place.Via(name, new NodeName(text(node, "through")))
        : Place.on(name);
  }

  static JsonNode required(JsonNode node, String field) {
    JsonNode found = node.get(field);
    if (found == null || found.isNull()) {
      throw new IllegalArgumentException("\"" + field + "\" is missing");
    }
    return found;
  }

  static String text(JsonNode node, String field) {
    JsonNode found = required(node, field);
    if (!found.isTextual()) {
      throw new IllegalArgumentException("\"" + field + "\" is no text");
    }
    return found.textValue();
  }

  static long number(JsonNode node, String field) {
    JsonNode found = required(node, field);
    if (!found.canConvertToLong()) {
      throw new IllegalArgumentException("\"" + field + "\" is no whole number");
    }
    return found.longValue();
  }
}
