package replctl.playbooks.decide.candidate;

import java.util.Optional;
import replctl.inventory.Limits;
import replctl.inventory.Node;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Server;

/**
 * Whether a node can take over.
 *
 * @param leader the node that leads now; empty when none is seen
 */
public record Question(Node declared, NodeView seen, Optional<NodeView> leader, Limits limits) {
  /** The node's server, as far as it was seen. */
  Optional<Server> server() {
    return seen.server();
  }

  /** The leader's server, as far as it was seen. */
  Optional<Server> leaderServer() {
    return leader.flatMap(NodeView::server);
  }
}
