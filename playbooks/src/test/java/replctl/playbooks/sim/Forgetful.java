package replctl.playbooks.sim;

import java.util.List;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Electorate;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Step;
import replctl.playbooks.plan.Voter;

/** Steps and voters as a verb would plan them that had forgotten a rule. */
public final class Forgetful {
  private Forgetful() {}

  private static Step with(Step step, Action action) {
    return new Step(
        step.name(), step.title(), step.on(), action, step.undo(), step.limit(), step.onFailure());
  }

  /** A device is relied on like one that was drilled. */
  public static Step drill(Step step) {
    return step.action() instanceof Action.Fence f
        ? with(
            step,
            new Action.Fence(
                f.node(),
                f.look(),
                f.stop(),
                f.through(),
                f.levels(),
                f.accept(),
                f.query(),
                true,
                f.confirmed(),
                f.patience(),
                f.stopLimit(),
                f.powerLimit()))
        : step;
  }

  /** A promotion is a step like any other. */
  public static Step likeAnyOther(Step step) {
    return step.action() instanceof Action.Open open
        ? with(step, new Action.Run(open.call()))
        : step;
  }

  /** Nothing is written down of what is owed. */
  public static Step owing(Step step) {
    return step.action() instanceof Action.WriteDown record
        ? with(
            step,
            new Action.WriteDown(record.wanted().closing(record.wanted().closed(), List.of())))
        : step;
  }

  /** One promise is enough. */
  public static Plan ofOne(Plan plan, NodeName voter) {
    return plan.of(
        new Electorate(
            plan.electorate().epoch(),
            plan.electorate().record(),
            false,
            false,
            plan.electorate().over(),
            plan.electorate().hosts(),
            List.of(List.of(voter))));
  }

  /** That one is none that may lead. */
  public static Electorate withoutCandidate(Electorate all, NodeName candidate) {
    return new Electorate(
        all.epoch(),
        all.record(),
        all.first(),
        all.minority(),
        all.over(),
        all.hosts().stream()
            .map(
                v ->
                    v.name().equals(candidate)
                        ? new Voter(v.name(), v.place(), v.answers(), v.votes(), false, v.state())
                        : v)
            .toList(),
        all.quorums());
  }
}
