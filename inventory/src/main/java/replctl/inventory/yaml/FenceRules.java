package replctl.inventory.yaml;

import replctl.inventory.Fencing;
import replctl.inventory.Node;

/** Where only power counts as a proof, every node that may lead needs something to cut it. */
final class FenceRules {
  private FenceRules() {}

  static void check(ClusterDraft cluster) {
    if (cluster.fencing().accept().contains(Fencing.Strength.STOPPED)) {
      return;
    }
    for (NodeDraft draft : cluster.nodes()) {
      Node node = draft.node();
      if (node.mayLead() && node.fence().isEmpty()) {
        draft
            .spot()
            .warn(
                "no fence, and fencing accepts power only: a failover away from "
                    + node.name()
                    + " would be refused");
      }
    }
  }
}
