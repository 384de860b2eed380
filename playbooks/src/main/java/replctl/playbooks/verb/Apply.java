package replctl.playbooks.verb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import replctl.inventory.Cluster;
import replctl.playbooks.epoch.Electorates;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.snapshot.Snapshot;

/** Running a plan from a file: only while the cluster is as it was when the plan was made. */
public final class Apply {
  /** Verbs that begin under maintenance as at any other time ({@link Electorates.Wish#always}). */
  private static final Set<String> ALWAYS = Set.of("fence", "unfence", "maintenance");

  /** Verbs that name a cluster and no node. */
  private static final Set<String> OF_CLUSTER =
      Set.of("init", "switchover", "switchback", "failover", "sync");

  private Apply() {}

  /** Why the plan can't be run any more; empty when it can. Pure. */
  public static Optional<Refusal> objection(Cluster cluster, Plan plan, Snapshot seen) {
    String verb = plan.verb().split(" ", 2)[0];
    return moved(plan, seen)
        .or(() -> ALWAYS.contains(verb) ? Optional.empty() : Electorates.maintained(cluster, seen));
  }

  private static Optional<Refusal> moved(Plan plan, Snapshot seen) {
    Map<String, String> then = plan.basis().facts();
    Map<String, String> now = Bases.of(seen).facts();
    TreeSet<String> names = new TreeSet<>(then.keySet());
    names.addAll(now.keySet());
    List<String> moved = new ArrayList<>();
    for (String name : names) {
      String before = then.getOrDefault(name, "not known");
      String after = now.getOrDefault(name, "not known");
      if (!before.equals(after)) {
        moved.add(name + " was " + before + ", is " + after);
      }
    }
    if (moved.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Refusal.of(
            Refusal.Code.E_PLAN_01,
            "the cluster moved since the plan was made at "
                + plan.basis().seenAt()
                + ": "
                + String.join("; ", moved)
                + ".",
            anew(plan)));
  }

  /**
   * How to have the plan made anew. A plan does not hold what was typed with its verb: of a verb of
   * the whole cluster the cluster is enough, unless options were typed with it too.
   */
  public static String anew(Plan plan) {
    return OF_CLUSTER.contains(plan.verb().split(" ", 2)[0])
        ? "replctl plan "
            + plan.verb()
            + " "
            + plan.cluster()
            + ", with the options that were typed for this one"
        : "replctl plan "
            + plan.verb()
            + " -c "
            + plan.cluster()
            + ", with the node and the options that were typed for this one";
  }
}
