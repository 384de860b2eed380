package replctl.playbooks.engine;

import java.util.List;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Lowered;
import replctl.playbooks.snapshot.Snapshot;

/** Whom a write is to wait for, by the inventory and as far as somebody has lowered it. Pure. */
public final class Quorum {
  private Quorum() {}

  /**
   * Declared nodes whose word may count for a write when that node leads: those that may lead after
   * it, get the log from it and not through another, and do not hold back replay.
   */
  public static List<NodeName> mayAcknowledge(Cluster cluster, NodeName leading) {
    return cluster.nodes().stream()
        .filter(n -> !n.name().equals(leading))
        .filter(n -> n.mayLead() && n.delay().isEmpty())
        .filter(n -> n.cascadeFrom().filter(from -> !from.equals(leading)).isEmpty())
        .map(replctl.inventory.Node::name)
        .toList();
  }

  /** How many of so many ackers a write is to wait for. */
  public static int acks(Replication asked, int ackers, Optional<Lowered> lowered) {
    int all =
        switch (asked.mode()) {
          case ASYNC -> 0;
          case SEMI_SYNC -> Math.min(asked.acks(), ackers);
          case SYNC -> ackers;
        };
    return lowered.map(l -> Math.min(l.acks(), all)).orElse(all);
  }

  /** What the newest record has lowered. */
  public static Optional<Lowered> lowered(Snapshot seen) {
    return seen.epochs().newest().flatMap(LeaderRecord::lowered);
  }
}
