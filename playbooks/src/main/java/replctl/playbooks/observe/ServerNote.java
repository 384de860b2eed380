package replctl.playbooks.observe;

import replctl.inventory.Database;
import replctl.inventory.Node;
import replctl.playbooks.world.Answer;

/**
 * Why a server can't be asked over its own protocol.
 *
 * @param text what was found, and what is done instead
 * @param cure what to type or do
 */
public record ServerNote(String text, String cure) {
  static ServerNote of(Node node, Answer answer) {
    return new ServerNote(
        node.name()
            + " is surveyed over SSH at every look: its server can't be asked ("
            + reason(node, answer.words())
            + ")",
        cure(node, answer));
  }

  /** Without the node's name, which stands before. */
  private static String reason(Node node, String words) {
    String label = node.name() + ": ";
    return words.startsWith(label) ? words.substring(label.length()) : words;
  }

  private static String cure(Node node, Answer answer) {
    boolean tunnel = node.database().access() == Database.Access.TUNNEL;
    String role = "role " + node.database().user();
    return switch (answer.kind()) {
      case LOGIN ->
          "replctl init lets "
              + role
              + " in; see database.user and database.password in the inventory";
      case NOT_PERMITTED ->
          tunnel
              ? "allow it there, or say access: direct in the inventory"
              : "replctl init gives " + role + " its rights";
      case HOST_KEY ->
          "replctl init gives its server a certificate of the cluster's authority; tls in the"
              + " inventory says another";
      case NO_ADDRESS, REFUSED, UNREACHABLE, SILENT ->
          tunnel
              ? "let its server listen at 127.0.0.1, and see database.port in the inventory"
              : "let this host reach port "
                  + node.database().port()
                  + " of "
                  + node.host()
                  + ", or say access: tunnel in the inventory";
      default -> "see its server's log";
    };
  }
}
