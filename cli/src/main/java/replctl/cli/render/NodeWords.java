package replctl.cli.render;

import replctl.playbooks.snapshot.Lag;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.snapshot.Server;

/** A node in a few words, beside its name. */
public final class NodeWords {
  private NodeWords() {}

  /** {@code follower, streaming, 3.2 MiB, 1.4 s behind}. */
  public static String of(NodeView node) {
    Span state = NodeState.state(node);
    String words = NodeState.role(node) + ", " + state.text();
    if (node.role() != Role.FOLLOWER) {
      return node.role() == Role.UNKNOWN ? state.text() : words;
    }
    return words + ", " + behind(node);
  }

  /** {@code 3.2 MiB, 1.4 s behind}; of a follower. */
  static String behind(NodeView node) {
    Lag lag = node.server().map(Server::lag).orElse(Lag.UNKNOWN);
    return lag.bytes().isEmpty()
        ? "not known how far behind"
        : Units.bytes(lag.bytes().getAsLong())
            + lag.time().map(t -> ", " + Units.time(t)).orElse("")
            + " behind";
  }

  /** Whether its host keeps its server from being started. */
  public static boolean fenced(NodeView node) {
    return node.server().map(NodeState::fenced).orElse(false);
  }
}
