package replctl.playbooks.real.protocol;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Value;

/**
 * The commands that move an address: exactly these words are what sudo must grant.
 *
 * @param address IPv4 or IPv6
 * @param prefix the network's, in bits
 * @param device the network interface
 */
record AddressMoves(String address, int prefix, String device) {
  static final String ADD = "address-add";
  static final String DELETE = "address-del";
  static final String ANNOUNCE = "address-announce";
  static final String MAY = "may-move-address";
  static final Set<String> ACTIONS = Set.of(ADD, DELETE, ANNOUNCE, MAY);

  private static final Pattern ADDRESS =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]{0,44}:[0-9A-Fa-f:.]{0,44}");
  private static final Pattern PREFIX = Pattern.compile("[0-9]{1,3}");
  private static final Pattern DEVICE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,14}");

  /**
   * Those of a call.
   *
   * @throws IllegalArgumentException in words, when it names no address of an interface
   */
  static AddressMoves of(ScriptCall call) {
    return new AddressMoves(
        word(call, "address", ADDRESS),
        Integer.parseInt(word(call, "prefix", PREFIX)),
        word(call, "device", DEVICE));
  }

  private static String word(ScriptCall call, String name, Pattern form) {
    String text = call.values().get(name) instanceof Value.Text t ? t.text() : "";
    if (!form.matcher(text).matches()) {
      throw new IllegalArgumentException("not an " + name + " that root moves: " + text);
    }
    return text;
  }

  /** All of them. */
  List<List<String>> all() {
    return is6() ? List.of(add(), delete()) : List.of(add(), delete(), announce());
  }

  /** The one for what a script asks. */
  List<String> command(String action) {
    return switch (action) {
      case ADD -> add();
      case DELETE -> delete();
      default -> announce();
    };
  }

  private boolean is6() {
    return address.indexOf(':') >= 0;
  }

  /** Nobody has it by now: nothing is gained by having the kernel wait for who might. */
  private List<String> add() {
    return is6()
        ? List.of("ip", "address", "add", whole(), "dev", device, "nodad")
        : List.of("ip", "address", "add", whole(), "dev", device);
  }

  private List<String> delete() {
    return List.of("ip", "address", "del", whole(), "dev", device);
  }

  /** IPv6 has no such command: its neighbours ask anew after some seconds. */
  private List<String> announce() {
    return List.of("arping", "-q", "-U", "-c", "1", "-I", device, address);
  }

  private String whole() {
    return address + "/" + prefix;
  }

  /** Where Debian has the program of a command. */
  static String path(List<String> command) {
    return (command.get(0).equals("ip") ? "/usr/sbin/" : "/usr/bin/") + command.get(0);
  }
}
