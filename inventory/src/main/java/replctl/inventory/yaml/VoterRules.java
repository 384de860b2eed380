package replctl.inventory.yaml;

import java.util.HashSet;
import java.util.Set;
import replctl.inventory.NodeName;

/** The voters are the nodes that may lead and the witnesses; a majority of them must be had. */
final class VoterRules {
  private VoterRules() {}

  /** A vote is counted by name. */
  static void names(ClusterDraft cluster) {
    Set<NodeName> nodes = new HashSet<>();
    for (NodeDraft draft : cluster.nodes()) {
      nodes.add(draft.node().name());
    }
    for (WitnessDraft draft : cluster.witnesses()) {
      if (nodes.contains(draft.witness().name())) {
        draft.spot().error("a witness can't have a node's name");
      }
    }
  }

  static void count(ClusterDraft cluster) {
    int promotable = 0;
    for (NodeDraft draft : cluster.nodes()) {
      promotable += draft.node().mayLead() ? 1 : 0;
    }
    if (promotable == 0) {
      cluster.spot(ClusterKeys.NODES).error("no node may lead: every one is \"failover: never\"");
      return;
    }
    int voters = promotable + cluster.witnesses().size();
    if (voters % 2 == 0) {
      cluster
          .spot(ClusterKeys.NODES)
          .warn(
              voters
                  + " voters (nodes that may lead, and witnesses) survive no more losses than "
                  + (voters - 1)
                  + " would; add a witness");
    }
  }
}
