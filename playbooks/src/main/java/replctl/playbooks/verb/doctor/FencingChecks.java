package replctl.playbooks.verb.doctor;

import java.util.List;
import replctl.inventory.Cluster;
import replctl.inventory.Fencing.Strength;
import replctl.inventory.Node;
import replctl.playbooks.fence.Drills;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.Finding.Level;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Closing;

/** Whether a node could be proven closed should it lead and its host fall silent. Pure. */
public final class FencingChecks {
  private FencingChecks() {}

  /** What is to be known of one node. */
  public static List<Finding> of(Cluster cluster, Node node, Snapshot seen) {
    if (cluster.nodes().size() < 2 || !node.mayLead()) {
      return List.of();
    }
    Drills drills = Closing.drills(seen);
    String drill = "replctl fence drill " + node.name() + ", at a quiet moment: it is switched off";
    return switch (drills.of(node, seen.at())) {
      case NONE -> none(cluster, node);
      case PASSED -> List.of();
      case NEVER ->
          List.of(
              new Finding(
                  Level.WARNING,
                  "fence-undrilled",
                  "its fence device was never drilled: that it switches this very host off is not"
                      + " known",
                  drill));
      case OLD ->
          List.of(
              new Finding(
                  Level.NOTE,
                  "fence-drill-old",
                  "its fence device was " + drills.words(node, seen.at()),
                  drill));
      case CHANGED ->
          List.of(
              new Finding(
                  Level.WARNING,
                  "fence-changed",
                  "its fence device is declared otherwise than when it was drilled",
                  drill));
      case FAILED ->
          List.of(
              new Finding(
                  Level.CRITICAL,
                  "fence-failed",
                  "its fence device " + drills.words(node, seen.at()),
                  "mend the device or how it is declared, then: " + drill));
    };
  }

  /** Followers that refuse another leader's commits prove as much, where that is accepted. */
  private static List<Finding> none(Cluster cluster, Node node) {
    if (cluster.fencing().accept().contains(Strength.COMMIT)
        || cluster.fencing().accept().contains(Strength.ROUTE)) {
      return List.of();
    }
    return List.of(
        new Finding(
            Level.WARNING,
            "fence-none",
            "it has no fence device: when it leads and its host falls silent, nothing proves that"
                + " it takes no writes, and a failover is refused (E-FENCE-01)",
            "declare fence: for "
                + node.name()
                + " in the inventory; else somebody must switch it off by hand, and type"
                + " replctl failover --confirm-fenced "
                + node.name()));
  }
}
