package replctl.inventory.yaml;

import java.util.Optional;
import replctl.inventory.Node;

/** At most one first leader, and one that may lead. */
final class LeaderRules {
  private LeaderRules() {}

  static void check(ClusterDraft cluster) {
    Optional<Node> first = Optional.empty();
    for (NodeDraft draft : cluster.nodes()) {
      Node node = draft.node();
      if (!node.leader()) {
        continue;
      }
      Spot spot = draft.spot(NodeKeys.LEADER);
      if (first.isPresent()) {
        spot.error("a second leader: " + first.get().name() + " is one already");
      } else {
        first = Optional.of(node);
      }
      if (!node.mayLead()) {
        spot.error("a leader can't be \"failover: never\"");
      }
      if (node.cascadeFrom().isPresent()) {
        spot.error("a leader follows nobody: it can't have cascade_from");
      }
      if (node.delay().isPresent()) {
        spot.error("a leader applies at once: it can't have a delay");
      }
    }
  }
}
