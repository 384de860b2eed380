package replctl.playbooks.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import replctl.playbooks.journal.Recorded;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Lane;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Step;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Trouble;
import replctl.playbooks.world.World;

/** Does what is not done yet of a phase: its lanes side by side, the steps of each in turn. */
final class PhaseRun {
  /** What a step may take beyond its limit: settling a lost answer. */
  private static final Duration SETTLE = Duration.ofSeconds(60);

  private final World world;
  private final Recorded recorded;
  private final Copies copies;
  private final Log log;
  private final StepRun steps;
  private final Remainder remainder;

  PhaseRun(
      World world, Recorded recorded, Copies copies, Log log, StepRun steps, Remainder remainder) {
    this.world = world;
    this.recorded = recorded;
    this.copies = copies;
    this.log = log;
    this.steps = steps;
    this.remainder = remainder;
  }

  /** A step without which the plan can't go on, and what came of it. */
  record Failure(Step step, Answer answer) {
    static Failure late(Lane lane) {
      return new Failure(
          lane.steps().get(lane.steps().size() - 1),
          Answer.unknown(Trouble.OVERDUE, "it did not end before its deadline"));
    }
  }

  /**
   * All lanes of a phase.
   *
   * @param behind whether the copies of the journal are brought up to date meanwhile: what they
   *     lack, should this process die here, is found out again by asking the hosts
   */
  Optional<Failure> run(Phase phase, boolean behind) {
    List<String> written = behind ? copies.written() : List.of();
    List<Optional<Lane>> work = new ArrayList<>(phase.lanes().stream().map(Optional::of).toList());
    if (!written.isEmpty()) {
      work.add(Optional.empty());
    }
    Map<Optional<Lane>, Optional<Optional<Failure>>> ends =
        world
            .fanout()
            .each(work, lane -> lane.isPresent() ? run(lane.get()) : copied(written), limit(phase));
    for (Map.Entry<Optional<Lane>, Optional<Optional<Failure>>> end : ends.entrySet()) {
      Optional<Failure> failure = end.getValue().orElseGet(() -> end.getKey().map(Failure::late));
      if (failure.isPresent()) {
        return failure;
      }
    }
    return Optional.empty();
  }

  private Optional<Failure> copied(List<String> written) {
    copies.bringUpTo(written);
    return Optional.empty();
  }

  /** A step that is owed holds up the steps behind it in its lane, and nothing else. */
  private Optional<Failure> run(Lane lane) {
    for (Step step : lane.steps()) {
      if (stops()) {
        leave(step);
        continue;
      }
      Answer answer = run(step);
      if (answer.isDone()) {
        continue;
      }
      if (isLetGo(step, answer) || isOnlyTried(step, answer)) {
        return Optional.empty();
      }
      if (isGivenUp(step, answer)) {
        remainder.letGo(step, answer.words());
        return Optional.empty();
      }
      if (step.mayBeOwed() && answer.kind() != Trouble.OVERTAKEN) {
        remainder.owe(step, answer.words());
        return Optional.empty();
      }
      return Optional.of(new Failure(step, answer));
    }
    return Optional.empty();
  }

  /** A host that has left and that a process before this one did not find either. */
  private boolean isLetGo(Step step, Answer answer) {
    return step.onFailure() == Step.OnFailure.LET_GO
        && answer.kind().isNoContact()
        && recorded.begun(step);
  }

  /**
   * Whether what is owed can't be done on a host that a process before this one did not find
   * either: an operation that waits for a host that never comes back would keep every other one
   * waiting, and the leader's guard. A node that does come back shows what it lacks.
   */
  private boolean isGivenUp(Step step, Answer answer) {
    return step.onFailure() == Step.OnFailure.OWE
        && step.on() instanceof Place.Host
        && answer.kind().isNoContact()
        && recorded.wasNotFound(step, false);
  }

  private static boolean isOnlyTried(Step step, Answer answer) {
    return step.onFailure() == Step.OnFailure.TRY && answer.kind() != Trouble.OVERTAKEN;
  }

  /** Whether no further step is begun. */
  boolean stops() {
    return world.stop().wanted()
        && recorded
            .plan()
            .steps()
            .noneMatch(s -> s.action() instanceof Action.Handover && log.begun(s.name()));
  }

  /** It is not begun. */
  void leave(Step step) {
    if (!log.isDone(step.name()) && step.onFailure() != Step.OnFailure.TRY) {
      remainder.leave(step);
    }
  }

  private Answer run(Step step) {
    long from = world.clock().nanos();
    log.stepBegun(step);
    // What another process began is asked for first: its answer may only have been lost.
    if (isInTheJournalAlone(step) && log.isDone(step.name())) {
      return log.stepEnded(step, new Answer.Done(log.facts(step.name())), took(from));
    }
    if (recorded.begun(step)) {
      Answer seen = steps.probe(step);
      if (seen.isDone() || seen instanceof Answer.Unknown) {
        return log.stepEnded(step, seen, took(from));
      }
    }
    log.intent(step);
    Answer answer = steps.perform(step, (done, total) -> log.stepAt(step, done, total));
    return log.stepEnded(step, answer, took(from));
  }

  /**
   * A power that this operation has switched off is found off by whoever resumes it, which proves
   * nothing by itself, and a program of the operator's own leaves nothing to look at: that it was
   * seen to go off, or to end well, is what was written down.
   */
  private static boolean isInTheJournalAlone(Step step) {
    return step.action() instanceof Action.Fence || step.action() instanceof Action.Hook;
  }

  private Deadline limit(Phase phase) {
    Duration longest = Duration.ZERO;
    for (Lane lane : phase.lanes()) {
      Duration sum =
          lane.steps().stream()
              .map(PhaseRun::limit)
              .reduce(Duration.ZERO, Duration::plus)
              .plus(SETTLE.multipliedBy(lane.steps().size()));
      longest = longest.compareTo(sum) < 0 ? sum : longest;
    }
    return world.clock().in(longest);
  }

  private static Duration limit(Step step) {
    if (step.action() instanceof Action.Handover h) {
      return step.limit()
          .plus(h.freezeLimit().multipliedBy(2))
          .plus(h.catchUpLimit())
          .plus(h.openLimit().multipliedBy(2))
          .plus(h.lease().multipliedBy(2));
    }
    return step.limit();
  }

  private Duration took(long from) {
    return Duration.ofNanos(world.clock().nanos() - from);
  }
}
