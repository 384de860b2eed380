package replctl.inventory.yaml;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import replctl.inventory.FenceDevice;
import replctl.inventory.FenceLevel;

/** Fence devices as data for output. */
final class FenceShow {
  private FenceShow() {}

  /** The devices of one level. */
  static ArrayNode of(FenceLevel level) {
    ArrayNode devices = JsonNodeFactory.instance.arrayNode();
    level.devices().forEach(device -> devices.add(device(device)));
    return devices;
  }

  private static ObjectNode device(FenceDevice device) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    if (device instanceof FenceDevice.Agent agent) {
      node.put("agent", agent.agent());
      ObjectNode options = node.putObject("options");
      agent.options().forEach(options::put);
      ObjectNode secrets = node.putObject("secrets");
      agent.secrets().forEach((name, source) -> secrets.put(name, source.inWords()));
    } else if (device instanceof FenceDevice.Command command) {
      InventoryShow.texts(node, "command", command.command());
    }
    InventoryShow.seconds(node, "timeoutSeconds", device.timeout());
    return node;
  }
}
