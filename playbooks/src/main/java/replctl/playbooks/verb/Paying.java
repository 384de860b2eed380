package replctl.playbooks.verb;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.Site;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.world.Place;

/**
 * What is owed of nodes that were closed from outside is paid by whatever operation comes next,
 * after its own work: nothing of that waits for it, and nothing of it is lost where it fails. Only
 * a server that is seen to be stopped is touched, and never its power. Pure.
 */
final class Paying {
  /** Lock, a small file, systemctl mask, and no stop. */
  private static final Duration BLOCK = Duration.ofSeconds(45);

  private static final String TITLE = "what is owed of nodes that were closed from outside";

  private Paying() {}

  /** The plan, and after it what can be paid now of nodes that it has nothing to do with. */
  static Plan after(Engine engine, Site site, Plan plan) {
    return after(engine, site, plan, node -> !touches(plan, node) && isPayable(site, node));
  }

  /** The plan, which closes that node, and after it what is owed of it. */
  static Plan afterClosing(Engine engine, Site site, Plan plan, NodeName closed) {
    return after(
        engine, site, plan, node -> node.equals(closed) && site.seen(node).contact().answered());
  }

  private static Plan after(Engine engine, Site site, Plan plan, Predicate<NodeName> wanted) {
    Optional<LeaderRecord> last =
        plan.steps()
            .map(Step::action)
            .filter(Action.WriteDown.class::isInstance)
            .map(action -> ((Action.WriteDown) action).wanted().next())
            .reduce((before, after) -> after)
            .or(() -> Records.again(site.seen()));
    List<Step> steps = new ArrayList<>();
    LeaderRecord record = last.orElse(null);
    for (NodeName node : last.map(LeaderRecord::debts).orElse(List.of())) {
      if (!wanted.test(node)) {
        continue;
      }
      if (!isClosed(site, node)) {
        steps.add(
            Step.of(
                "block-" + node,
                "place " + node + "'s start block, and have it come up closed",
                Place.on(node),
                engine.fencing().block(site, node),
                BLOCK));
      }
      record =
          record.closing(
              record.closed(), record.debts().stream().filter(n -> !n.equals(node)).toList());
      steps.add(
          Records.step("record-paid-" + node, "write down that " + node + " owes nothing", record));
      record = record.next();
    }
    if (steps.isEmpty()) {
      return plan;
    }
    List<Phase> phases = new ArrayList<>(plan.phases());
    phases.add(
        Phase.inOrder(TITLE, steps.stream().map(s -> s.failing(Step.OnFailure.TRY)).toList()));
    return new Plan(
        plan.op(),
        plan.verb(),
        plan.cluster(),
        plan.basis(),
        plan.electorate(),
        plan.sequel(),
        plan.warnings(),
        phases);
  }

  private static boolean touches(Plan plan, NodeName node) {
    return plan.steps().anyMatch(step -> step.on().equals(Place.on(node)));
  }

  private static boolean isPayable(Site site, NodeName node) {
    if (site.cluster().node(node).isEmpty() || !site.seen(node).contact().answered()) {
      return false;
    }
    NodeView view = site.seen(node);
    return isClosed(site, node)
        || (view.role() == Role.CLOSED_LEADER && view.presence() == Presence.STOPPED);
  }

  /** Configured as a follower: its guard, or an operation, has seen to that. */
  private static boolean isClosed(Site site, NodeName node) {
    return site.seen(node).contact().answered() && site.seen(node).role() == Role.FOLLOWER;
  }
}
