package replctl.playbooks.fence;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import replctl.inventory.FenceDevice;
import replctl.inventory.FenceLevel;
import replctl.inventory.Node;
import replctl.playbooks.world.PowerDevice;

/** A node's fence devices, as plans name them. */
public final class Devices {
  /** What tells one device from another, the most telling first. */
  private static final List<String> ADDRESS =
      List.of("ip", "ipaddr", "devices", "nodename", "region", "zone");

  /** Which of a device's machines or outlets. */
  private static final List<String> PLUG = List.of("plug", "port", "vmid", "uuid");

  private Devices() {}

  /** The node's levels, in order; none: the node has no device. */
  public static List<List<PowerDevice>> of(Node node) {
    List<List<PowerDevice>> levels = new ArrayList<>();
    for (FenceLevel level : node.fence()) {
      List<PowerDevice> devices = new ArrayList<>();
      for (FenceDevice device : level.devices()) {
        devices.add(
            new PowerDevice(node.name(), levels.size() + 1, devices.size() + 1, label(device)));
      }
      levels.add(devices);
    }
    return levels;
  }

  /** How long one call of the node's devices may take: the longest that the inventory says. */
  public static Duration limit(Node node, Duration usual) {
    return node.fence().stream()
        .flatMap(level -> level.devices().stream())
        .map(device -> device.timeout().orElse(usual))
        .reduce(Duration.ZERO, (a, b) -> a.compareTo(b) < 0 ? b : a);
  }

  /** For people: what it is and where; never a secret. */
  public static String label(FenceDevice device) {
    if (device instanceof FenceDevice.Command command) {
      String program = command.command().get(0);
      return program.substring(program.lastIndexOf('/') + 1);
    }
    FenceDevice.Agent agent = (FenceDevice.Agent) device;
    StringBuilder label = new StringBuilder(agent.agent());
    first(agent, ADDRESS).ifPresent(address -> label.append(' ').append(address));
    first(agent, PLUG).ifPresent(plug -> label.append(" port ").append(plug));
    return label.toString();
  }

  private static Optional<String> first(FenceDevice.Agent agent, List<String> names) {
    return names.stream()
        .filter(agent.options()::containsKey)
        .findFirst()
        .map(name -> agent.options().get(name));
  }

  /**
   * What a drill was held with: another text when the inventory names other devices, or the same
   * with other options. Secrets are no part of it; 16 hexadecimal digits.
   */
  public static String fingerprint(Node node) {
    StringBuilder text = new StringBuilder(node.host());
    for (FenceLevel level : node.fence()) {
      text.append("\nlevel");
      for (FenceDevice device : level.devices()) {
        if (device instanceof FenceDevice.Agent agent) {
          text.append('\n').append(agent.agent());
          for (Map.Entry<String, String> option : new TreeMap<>(agent.options()).entrySet()) {
            text.append('\n').append(option.getKey()).append('=').append(option.getValue());
          }
        } else {
          text.append('\n').append(((FenceDevice.Command) device).command());
        }
      }
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
