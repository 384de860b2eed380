package replctl.playbooks.plan;

import static replctl.playbooks.plan.ValueJson.number;
import static replctl.playbooks.plan.ValueJson.required;
import static replctl.playbooks.plan.ValueJson.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import replctl.inventory.Fencing;
import replctl.inventory.NodeName;
import replctl.playbooks.world.Power;
import replctl.playbooks.world.PowerDevice;
import replctl.playbooks.world.Query;
import replctl.playbooks.world.ScriptCall;

/** The actions that close a node or switch its power, as JSON. */
final class FenceJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private FenceJson() {}

  static ObjectNode write(Action.Fence fence) {
    ObjectNode node = JSON.objectNode();
    node.put("node", fence.node().value());
    fence
        .look()
        .ifPresent(
            look -> {
              ObjectNode written = node.putObject("look");
              written.set("question", ValueJson.write(look.question()));
              texts(written.putArray("found"), look.found().stream());
            });
    node.set("stop", ValueJson.write(fence.stop()));
    texts(node.putArray("through"), fence.through().stream().map(NodeName::value));
    node.set("levels", levels(fence.levels()));
    texts(node.putArray("accept"), fence.accept().stream().map(Fencing.Strength::word));
    node.set("query", query(fence.query()));
    node.put("drilled", fence.drilled());
    fence.confirmed().ifPresent(who -> node.put("confirmed", who));
    node.put("patienceMs", fence.patience().toMillis());
    node.put("stopLimitMs", fence.stopLimit().toMillis());
    node.put("powerLimitMs", fence.powerLimit().toMillis());
    return node;
  }

  static Action.Fence fence(JsonNode node) {
    return new Action.Fence(
        new NodeName(text(node, "node")),
        node.has("look") ? Optional.of(look(node.get("look"))) : Optional.empty(),
        ValueJson.call(required(node, "stop")),
        texts(required(node, "through")).stream().map(NodeName::new).toList(),
        levels(new NodeName(text(node, "node")), required(node, "levels")),
        strengths(required(node, "accept")),
        query(required(node, "query")),
        required(node, "drilled").booleanValue(),
        node.has("confirmed") ? Optional.of(text(node, "confirmed")) : Optional.empty(),
        Duration.ofMillis(number(node, "patienceMs")),
        Duration.ofMillis(number(node, "stopLimitMs")),
        Duration.ofMillis(number(node, "powerLimitMs")));
  }

  static ObjectNode write(Action.Power power) {
    ObjectNode node = JSON.objectNode();
    node.put("node", power.node().value());
    node.set("levels", levels(power.levels()));
    node.put("wish", power.wish().name().toLowerCase(Locale.ROOT));
    node.put("limitMs", power.limit().toMillis());
    node.put("bootMs", power.boot().toMillis());
    return node;
  }

  static Action.Power power(JsonNode node) {
    NodeName name = new NodeName(text(node, "node"));
    return new Action.Power(
        name,
        levels(name, required(node, "levels")),
        Power.Wish.valueOf(text(node, "wish").toUpperCase(Locale.ROOT)),
        Duration.ofMillis(number(node, "limitMs")),
        Duration.ofMillis(number(node, "bootMs")));
  }

  static ObjectNode write(Action.Drill drill) {
    ObjectNode node = JSON.objectNode();
    node.put("node", drill.node().value());
    node.set("levels", levels(drill.levels()));
    texts(node.putArray("others"), drill.others().stream().map(NodeName::value));
    node.set("query", query(drill.query()));
    ObjectNode records = node.putObject("records");
    drill.records().forEach((on, call) -> records.set(on.value(), ValueJson.write(call)));
    node.put("limitMs", drill.limit().toMillis());
    node.put("bootMs", drill.boot().toMillis());
    return node;
  }

  static Action.Drill drill(JsonNode node) {
    NodeName name = new NodeName(text(node, "node"));
    Map<NodeName, ScriptCall> records = new TreeMap<>();
    required(node, "records")
        .properties()
        .forEach(e -> records.put(new NodeName(e.getKey()), ValueJson.call(e.getValue())));
    return new Action.Drill(
        name,
        levels(name, required(node, "levels")),
        texts(required(node, "others")).stream().map(NodeName::new).toList(),
        query(required(node, "query")),
        records,
        Duration.ofMillis(number(node, "limitMs")),
        Duration.ofMillis(number(node, "bootMs")));
  }

  private static ObjectNode query(Query query) {
    return JSON.objectNode().put("engine", query.engine()).put("name", query.name());
  }

  private static Query query(JsonNode node) {
    return new Query(text(node, "engine"), text(node, "name"));
  }

  private static Action.Look look(JsonNode node) {
    return new Action.Look(
        ValueJson.call(required(node, "question")), texts(required(node, "found")));
  }

  static ArrayNode levels(List<List<PowerDevice>> levels) {
    ArrayNode written = JSON.arrayNode();
    for (List<PowerDevice> level : levels) {
      texts(written.addArray(), level.stream().map(PowerDevice::label));
    }
    return written;
  }

  static List<List<PowerDevice>> levels(NodeName node, JsonNode written) {
    List<List<PowerDevice>> levels = new ArrayList<>();
    for (JsonNode level : written) {
      List<PowerDevice> devices = new ArrayList<>();
      for (String label : texts(level)) {
        devices.add(new PowerDevice(node, levels.size() + 1, devices.size() + 1, label));
      }
      levels.add(devices);
    }
    return levels;
  }

  private static Set<Fencing.Strength> strengths(JsonNode words) {
    Set<Fencing.Strength> strengths = EnumSet.noneOf(Fencing.Strength.class);
    for (String word : texts(words)) {
      strengths.add(Fencing.Strength.valueOf(word.toUpperCase(Locale.ROOT)));
    }
    return strengths;
  }

  private static void texts(ArrayNode array, Stream<String> texts) {
    texts.forEach(array::add);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
