package replctl.playbooks.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import replctl.playbooks.journal.Recorded;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Lane;
import replctl.playbooks.plan.Outcome;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Step;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Trouble;
import replctl.playbooks.world.World;

/**
 * One process's way through one plan, forward or back. A plan that hands leadership over is taken
 * back when it fails before the new leader is open; every other one is left as it is, to be
 * resumed. Where the operator wishes it to stop, no further step is begun; but what is on its way
 * back comes back, and once a hand-over has begun all of the plan is finished: a new leader whose
 * followers do not follow yet may acknowledge no write.
 */
final class PlanRun {
  private static final String ABORTED = "it was aborted";

  private final Recorded recorded;
  private final Copies copies;
  private final Log log;
  private final StepRun steps;

  private final Remainder remainder = new Remainder();
  private final PhaseRun phases;
  private final WayBack wayBack;

  PlanRun(World world, Recorded recorded, Mandate mandate, Copies copies, Log log) {
    this.recorded = recorded;
    this.copies = copies;
    this.log = log;
    this.steps = new StepRun(world, mandate, log::facts);
    this.phases = new PhaseRun(world, recorded, copies, log, steps, remainder);
    this.wayBack = new WayBack(recorded, log, steps, remainder);
  }

  /** Does what is not done yet, phase by phase. */
  Outcome forward() {
    return forward(0);
  }

  /**
   * The same, where this very process has done the phases before that one.
   *
   * @param from from 0
   */
  Outcome forward(int from) {
    log.planBegun();
    int lastBegun = lastPhaseBegun();
    List<Phase> planned = recorded.plan().phases();
    boolean behind = from > 0;
    for (int i = from; i < planned.size(); i++) {
      boolean past = i < lastBegun || recorded.hasGap();
      Phase phase = past ? unfinished(planned.get(i)) : planned.get(i);
      if (phase.lanes().isEmpty()) {
        continue;
      }
      if (phases.stops()) {
        phase.steps().forEach(phases::leave);
        continue;
      }
      log.phaseBegun(phase);
      if (handsOver(phase) || tellsOfDecision(phase)) {
        // While nobody leads, hosts can't be asked what was done before.
        copies.bringUpTo(copies.written());
      }
      Optional<PhaseRun.Failure> failure =
          phases.run(phase, behind && copies.due() && !handsOver(phase));
      if (failure.isPresent()) {
        return failed(failure.get());
      }
      behind = !handsOver(phase);
    }
    List<String> owed = remainder.owed();
    if (!remainder.notBegun().isEmpty()) {
      return log.interrupted("it was interrupted", remainder.left());
    }
    if (recorded.plan().sequel().isPresent() && owed.isEmpty()) {
      return log.soFar();
    }
    return owed.isEmpty()
        ? log.done(remainder.letGo())
        : log.incomplete("it is done except for what is owed", owed);
  }

  /**
   * Goes on with an operation that was on its way back: still back, but forward where the new
   * leader turns out to be open.
   */
  Outcome backOrForward() {
    return handovers().anyMatch(this::isOpen)
        ? forward()
        : wayBack.run(ABORTED, recorded.plan().op());
  }

  /** Takes back what was begun, last first. */
  Outcome back() {
    Optional<Step> opened =
        Stream.concat(handovers().filter(this::isOpen), openings().filter(this::mayBeOpen))
            .findFirst()
            .or(this::withoutWayBack);
    if (opened.isPresent()) {
      return log.incomplete(
          opened.get().title() + ": it is done, and there is no way back from it",
          List.of("forward: resume it"));
    }
    return wayBack.run(ABORTED, recorded.plan().op());
  }

  /**
   * Whether it writes down what was decided while the operation ran. Whoever takes over would
   * decide anew, and take the record of this decision for what was before it.
   */
  private boolean tellsOfDecision(Phase phase) {
    return recorded.isContinued()
        && phase.steps().anyMatch(step -> step.action() instanceof Action.WriteDown);
  }

  /** Around a hand-over writes stand still, or followers do not follow yet: nothing waits then. */
  private static boolean handsOver(Phase phase) {
    return phase.steps().anyMatch(s -> s.action() instanceof Action.Handover);
  }

  private Outcome failed(PhaseRun.Failure failure) {
    Step step = failure.step();
    if (failure.answer().kind() == Trouble.OVERTAKEN) {
      return log.overtaken(step.on().label() + ": " + failure.answer().words());
    }
    String why = step.on().label() + ": " + step.title() + ": " + failure.answer().words();
    boolean handsOver = handovers().findAny().isPresent();
    boolean over = handovers().anyMatch(s -> log.isDone(s.name()));
    Optional<Refusal> refusal =
        FenceRun.refusal(recorded.plan(), step, failure.answer(), wayBack.hasClosed());
    if (refusal.isPresent()) {
      boolean nothing =
          recorded.plan().steps().noneMatch(s -> log.begun(s.name()) && StepRun.canBeUndone(s));
      Outcome back =
          nothing ? log.undone(step.name(), why, List.of()) : wayBack.run(why, step.name());
      return back instanceof Outcome.Undone
          ? new Outcome.Refused(wayBack.whileClosed(refusal.get()))
          : back;
    }
    if (!handsOver || over) {
      List<String> left = new ArrayList<>(remainder.owed());
      left.add(why);
      left.addAll(otherwise(step));
      left.addAll(remainder.notBegun());
      return log.incomplete(why, left);
    }
    return wayBack.run(why, step.name());
  }

  private static List<String> otherwise(Step step) {
    if (step.action() instanceof Action.Carry carry) {
      return carry.otherwise();
    }
    return step.action() instanceof Action.Hook hook ? hook.otherwise() : List.of();
  }

  /**
   * The phases before the one in which the last process stopped are done, but for what was owed. A
   * hand-over is asked for again, since everything after it rests on it.
   */
  private Phase unfinished(Phase phase) {
    List<Lane> lanes = new ArrayList<>();
    for (Lane lane : phase.lanes()) {
      List<Step> left =
          lane.steps().stream()
              .filter(s -> !log.isDone(s.name()) || s.action() instanceof Action.Handover)
              .toList();
      if (!left.isEmpty()) {
        lanes.add(new Lane(left));
      }
    }
    return new Phase(phase.title(), lanes);
  }

  private int lastPhaseBegun() {
    List<Phase> phases = recorded.plan().phases();
    for (int i = phases.size() - 1; i >= 0; i--) {
      if (phases.get(i).steps().anyMatch(recorded::isWrittenAsBegun)) {
        return i;
      }
    }
    return 0;
  }

  /** A step that was begun and says that it can't be taken back, or can't be asked. */
  private Optional<Step> withoutWayBack() {
    return recorded
        .plan()
        .steps()
        .filter(s -> s.onFailure() == Step.OnFailure.FORWARD && recorded.begun(s))
        .filter(
            s ->
                s.action() instanceof Action.WriteDown
                    ? recorded.mayBeWritten(s)
                    : !steps.canBeTakenBack(s).isDone())
        .findFirst();
  }

  private Stream<Step> handovers() {
    return recorded.plan().steps().filter(s -> s.action() instanceof Action.Handover);
  }

  private Stream<Step> openings() {
    return recorded.plan().steps().filter(s -> s.action() instanceof Action.Open);
  }

  /** Whoever takes it back has a newer promise on that host: what its probe denies stays undone. */
  private boolean mayBeOpen(Step opening) {
    return recorded.begun(opening) && !(steps.probe(opening) instanceof Answer.NotDone);
  }

  private boolean isOpen(Step handover) {
    return recorded.begun(handover) && steps.probe(handover).isDone();
  }
}
