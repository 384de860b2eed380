package replctl.playbooks.plan;

import static replctl.playbooks.plan.ValueJson.required;
import static replctl.playbooks.plan.ValueJson.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import replctl.playbooks.world.ProgramCall;

/** Programs of the operator's own, as JSON. */
final class HookJson {
  private HookJson() {}

  static ObjectNode write(Action.Hook hook) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    hook.call().command().forEach(node.putArray("command")::add);
    hook.call().values().forEach(node.putObject("values")::put);
    hook.refusal().ifPresent(code -> node.put("refusal", code.label()));
    hook.otherwise().forEach(node.putArray("otherwise")::add);
    return node;
  }

  static Action.Hook hook(JsonNode node) {
    Map<String, String> values = new TreeMap<>();
    required(node, "values")
        .properties()
        .forEach(e -> values.put(e.getKey(), e.getValue().asText()));
    List<String> command = texts(required(node, "command"));
    if (command.isEmpty()) {
      throw new IllegalArgumentException("\"command\" names no program");
    }
    return new Action.Hook(
        ProgramCall.of(command, values),
        node.has("refusal") ? Optional.of(code(text(node, "refusal"))) : Optional.empty(),
        texts(required(node, "otherwise")));
  }

  private static Refusal.Code code(String label) {
    return Refusal.Code.valueOf(label.replace('-', '_'));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
