package replctl.playbooks.decide;

import java.util.List;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.snapshot.Snapshot;

/**
 * Nodes that were closed from outside, and whose own disk does not say so yet: nothing but the
 * start guard keeps such a server from leading when it boots. Pure.
 */
public final class Debts {
  /** The code of what {@link Health} finds of them. */
  public static final String CODE = "debt";

  private Debts() {}

  /** What to type so that it is paid. */
  public static String next(Cluster cluster, Snapshot seen, NodeName node) {
    boolean answers =
        seen.nodes().stream().anyMatch(n -> n.name().equals(node) && n.contact().answered());
    boolean switchable = cluster.node(node).filter(n -> !n.fence().isEmpty()).isPresent();
    if (answers) {
      return "replctl rejoin " + node;
    }
    return (switchable ? "replctl unfence " + node : "switch it on by hand")
        + ", then: replctl rejoin "
        + node;
  }

  /**
   * Those of the newest record that are still owed. A node that is seen to be configured as a
   * follower owes nothing any more: its guard, or an operation, has seen to that.
   */
  public static List<NodeName> of(Snapshot seen) {
    return seen.epochs().newest().map(LeaderRecord::debts).orElse(List.of()).stream()
        .filter(node -> !isClosed(seen, node))
        .toList();
  }

  private static boolean isClosed(Snapshot seen, NodeName node) {
    Optional<NodeView> view = seen.nodes().stream().filter(n -> n.name().equals(node)).findFirst();
    return view.isPresent()
        && view.get().contact().answered()
        && view.get().role() == Role.FOLLOWER;
  }
}
