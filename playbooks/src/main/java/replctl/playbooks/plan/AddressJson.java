package replctl.playbooks.plan;

import static replctl.playbooks.plan.ValueJson.number;
import static replctl.playbooks.plan.ValueJson.required;
import static replctl.playbooks.plan.ValueJson.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import replctl.inventory.NodeName;
import replctl.playbooks.world.ScriptCall;

/** An address that moves, as JSON. */
final class AddressJson {
  private AddressJson() {}

  static ObjectNode write(Action.Address move) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("from", move.from().value());
    node.put("to", move.to().value());
    node.put("address", move.address());
    ObjectNode drops = node.putObject("drops");
    move.drops().forEach((on, call) -> drops.set(on.value(), ValueJson.write(call)));
    node.set("hold", ValueJson.write(move.hold()));
    node.set("levels", FenceJson.levels(move.levels()));
    node.put("limitMs", move.limit().toMillis());
    return node;
  }

  static Action.Address read(JsonNode node) {
    NodeName from = new NodeName(text(node, "from"));
    Map<NodeName, ScriptCall> drops = new TreeMap<>();
    required(node, "drops")
        .properties()
        .forEach(e -> drops.put(new NodeName(e.getKey()), ValueJson.call(e.getValue())));
    return new Action.Address(
        from,
        new NodeName(text(node, "to")),
        text(node, "address"),
        drops,
        ValueJson.call(required(node, "hold")),
        FenceJson.levels(from, required(node, "levels")),
        Duration.ofMillis(number(node, "limitMs")));
  }
}
