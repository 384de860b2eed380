package replctl.playbooks.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import replctl.inventory.Cluster;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Lane;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Step;
import replctl.playbooks.run.Continuation;
import replctl.playbooks.world.World;

/**
 * An operation whose plans are not what the control code decided: what a verb would plan that had
 * forgotten a rule.
 *
 * @param first changes the plan that it begins with
 * @param whole changes what is decided on what the first plan found
 */
public record Altered(Drill.Stage stage, UnaryOperator<Plan> first, UnaryOperator<Plan> whole)
    implements Drill.Stage {
  /** Both in the same way. */
  public static Altered of(Drill.Stage stage, UnaryOperator<Plan> change) {
    return new Altered(stage, change, change);
  }

  /** Without these steps. */
  public static UnaryOperator<Plan> without(Predicate<Step> forgotten) {
    return steps(step -> forgotten.test(step) ? Stream.empty() : Stream.of(step));
  }

  /** With each step replaced. */
  public static UnaryOperator<Plan> each(UnaryOperator<Step> change) {
    return steps(step -> Stream.of(change.apply(step)));
  }

  private interface Change {
    Stream<Step> of(Step step);
  }

  private static UnaryOperator<Plan> steps(Change change) {
    return plan ->
        with(
            plan,
            plan.phases().stream()
                .map(
                    phase ->
                        new Phase(
                            phase.title(),
                            phase.lanes().stream()
                                .map(
                                    lane ->
                                        new Lane(
                                            lane.steps().stream().flatMap(change::of).toList()))
                                .toList()))
                .toList());
  }

  /** What is written down comes after the promotion. */
  public static Plan recordsAfterwards(Plan plan) {
    List<Phase> phases = new ArrayList<>(plan.phases());
    List<Phase> written =
        phases.stream()
            .filter(p -> p.steps().anyMatch(s -> s.action() instanceof Action.WriteDown))
            .toList();
    phases.removeAll(written);
    int opened = 0;
    for (int i = 0; i < phases.size(); i++) {
      if (phases.get(i).steps().anyMatch(s -> s.action() instanceof Action.Open)) {
        opened = i + 1;
      }
    }
    phases.addAll(opened, written);
    return with(plan, phases);
  }

  private static Plan with(Plan plan, List<Phase> phases) {
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

  @Override
  public SimWorld world() {
    return stage.world();
  }

  @Override
  public Cluster cluster() {
    return stage.cluster();
  }

  @Override
  public Optional<Plan> plan(World process) {
    return stage.plan(process).map(first);
  }

  @Override
  public Continuation continuation(World process) {
    Continuation real = stage.continuation(process);
    return (plan, found) -> {
      Continuation.Next next = real.next(plan, found);
      return next instanceof Continuation.Next.On on
          ? new Continuation.Next.On(whole.apply(on.whole()))
          : next;
    };
  }

  @Override
  public List<String> wrong(Optional<Entry.Ending> ending) {
    return stage.wrong(ending);
  }

  @Override
  public void heal() {
    stage.heal();
  }
}
