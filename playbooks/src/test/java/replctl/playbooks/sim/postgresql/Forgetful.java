package replctl.playbooks.sim.postgresql;

import java.util.List;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Electorate;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Step;
import replctl.playbooks.plan.Voter;

/** Steps and voters as a verb would plan them that had forgotten a rule. */
final class Forgetful {
  private Forgetful() {}

  private static Step with(Step step, Action action) {
    return new Step(
        step.name(), step.title(), step.on(), action, step.undo(), step.limit(), step.onFailure());
  }

  /** A device is relied on like one that was drilled. */
  static Step drill(Step step) {
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
  static Step likeAnyOther(Step step) {
    return step.action() instanceof Action.Open open
        ? with(step, new Action.Run(open.call()))
        : step;
  }

  /** Nothing is written down of what is owed. */
  static Step owing(Step step) {
    return step.action() instanceof Action.WriteDown record
        ? with(
            step,
            new Action.WriteDown(record.wanted().closing(record.wanted().closed(), List.of())))
        : step;
  }

  /** The old leader's promise is enough. */
  static Plan ofOne(Plan plan) {
    return plan.of(
        new Electorate(
            plan.electorate().epoch(),
            false,
            false,
            plan.electorate().over(),
            plan.electorate().hosts(),
            List.of(List.of(new NodeName("pg1")))));
  }

  /** pg2 is none that may lead. */
  static Electorate withoutCandidate(Electorate all) {
    return new Electorate(
        all.epoch(),
        all.first(),
        all.minority(),
        all.over(),
        all.hosts().stream()
            .map(
                v ->
                    v.name().value().equals("pg2")
                        ? new Voter(v.name(), v.place(), v.answers(), v.votes(), false, v.state())
                        : v)
            .toList(),
        all.quorums());
  }
}
