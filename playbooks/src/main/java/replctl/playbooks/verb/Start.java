package replctl.playbooks.verb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Snapshot;

/**
 * Starts a follower's server: the first way by which a node rejoins, and no other. What was written
 * while it was down may have come to an end that it has not: that is looked at there. Pure.
 */
public final class Start {
  /** The way of {@link Rejoin} that changes nothing of a node's data. */
  public static final String WAY = "follow";

  private Start() {}

  /** Why a leader that is down is not started so; empty: it does not lead. */
  public static Optional<Refusal> leads(Cluster cluster, Snapshot seen, NodeName node) {
    Optional<LeaderRecord> newest = seen.epochs().newest().filter(r -> r.leader().equals(node));
    NodeView view = seen.node(node);
    if (newest.isEmpty() || view.writable() || !seen.writable().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Refusal.of(
            Refusal.Code.E_STATE_01,
            "the newest record, of epoch "
                + newest.get().epoch()
                + ", has "
                + node
                + " as the leader, and this starts followers.",
            "replctl open " + node,
            "replctl status " + cluster.name()));
  }

  /** What a rejoin by that way alone comes to. */
  public static Decision of(Decision rejoin, NodeName node) {
    if (rejoin instanceof Decision.Planned planned) {
      Plan plan = planned.plan();
      return Decision.of(
          new Plan(
              plan.op(),
              "start",
              plan.cluster(),
              plan.basis(),
              plan.electorate(),
              plan.sequel(),
              plan.warnings(),
              plan.phases()));
    }
    Refusal no = ((Decision.Refused) rejoin).refusal();
    List<String> next = new ArrayList<>(no.next());
    if (no.code() == Refusal.Code.E_STATE_01 || no.code() == Refusal.Code.E_RETURN_01) {
      String other = "see by which way it can come back: replctl rejoin " + node + " --dry-run";
      next.add(other);
    }
    return Decision.of(new Refusal(no.code(), no.found(), no.unchanged(), next));
  }
}
