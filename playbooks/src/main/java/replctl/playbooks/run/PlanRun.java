package replctl.playbooks.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import replctl.inventory.NodeName;
import replctl.playbooks.journal.Recorded;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Lane;
import replctl.playbooks.plan.Outcome;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Step;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Place;
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
  /** What a step may take beyond its limit: settling a lost answer. */
  private static final Duration SETTLE = Duration.ofSeconds(60);

  private static final String NOTHING_ELSE = "Nothing else was";
  private static final String ABORTED = "it was aborted";

  private final World world;
  private final Recorded recorded;
  private final Copies copies;
  private final Log log;
  private final StepRun steps;

  /** What is not done at all, or only in part, and must be. */
  private final List<String> owed = Collections.synchronizedList(new ArrayList<>());

  /**
   * What is not done, and will not be: on hosts that an earlier process did not find either, or
   * where somebody else has done otherwise.
   */
  private final List<String> letGo = Collections.synchronizedList(new ArrayList<>());

  /** What was not begun, because the operator wished to stop. */
  private final List<String> notBegun = Collections.synchronizedList(new ArrayList<>());

  PlanRun(World world, Recorded recorded, Mandate mandate, Copies copies, Log log) {
    this.world = world;
    this.recorded = recorded;
    this.copies = copies;
    this.log = log;
    this.steps = new StepRun(world, mandate, log::facts);
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
    List<Phase> phases = recorded.plan().phases();
    boolean behind = from > 0;
    for (int i = from; i < phases.size(); i++) {
      boolean past = i < lastBegun || recorded.hasGap();
      Phase phase = past ? unfinished(phases.get(i)) : phases.get(i);
      if (phase.lanes().isEmpty()) {
        continue;
      }
      if (stops()) {
        phase.steps().forEach(this::leave);
        continue;
      }
      log.phaseBegun(phase);
      if (handsOver(phase) || tellsOfDecision(phase)) {
        // While nobody leads, hosts can't be asked what was done before.
        copies.bringUpTo(copies.written());
      }
      Optional<Failure> failure = run(phase, behind && copies.due() && !handsOver(phase));
      if (failure.isPresent()) {
        return failed(failure.get());
      }
      behind = !handsOver(phase);
    }
    if (!notBegun.isEmpty()) {
      return log.interrupted(
          "it was interrupted", Stream.of(owed, notBegun).flatMap(List::stream).toList());
    }
    if (recorded.plan().sequel().isPresent() && owed.isEmpty()) {
      return log.soFar();
    }
    return owed.isEmpty()
        ? log.done(List.copyOf(letGo))
        : log.incomplete("it is done except for what is owed", List.copyOf(owed));
  }

  /**
   * Goes on with an operation that was on its way back: still back, but forward where the new
   * leader turns out to be open.
   */
  Outcome backOrForward() {
    return handovers().anyMatch(this::isOpen) ? forward() : undo(ABORTED, recorded.plan().op());
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
    return undo(ABORTED, recorded.plan().op());
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

  private Outcome failed(Failure failure) {
    Step step = failure.step();
    if (failure.answer().kind() == Trouble.OVERTAKEN) {
      return log.overtaken(step.on().label() + ": " + failure.answer().words());
    }
    String why = step.on().label() + ": " + step.title() + ": " + failure.answer().words();
    boolean handsOver = handovers().findAny().isPresent();
    boolean over = handovers().anyMatch(s -> log.isDone(s.name()));
    Optional<Refusal> refusal = FenceRun.refusal(recorded.plan().verb(), step, failure.answer());
    if (refusal.isPresent()) {
      boolean nothing =
          recorded.plan().steps().noneMatch(s -> log.begun(s.name()) && StepRun.canBeUndone(s));
      Outcome back = nothing ? log.undone(step.name(), why, List.of()) : undo(why, step.name());
      return back instanceof Outcome.Undone
          ? new Outcome.Refused(whileClosed(refusal.get()))
          : back;
    }
    if (!handsOver || over) {
      List<String> left = new ArrayList<>(owed);
      left.add(why);
      left.addAll(otherwise(step));
      left.addAll(notBegun);
      return log.incomplete(why, left);
    }
    return undo(why, step.name());
  }

  private static List<String> otherwise(Step step) {
    if (step.action() instanceof Action.Carry carry) {
      return carry.otherwise();
    }
    return step.action() instanceof Action.Hook hook ? hook.otherwise() : List.of();
  }

  private Outcome undo(String why, String failedStep) {
    log.undoBegun(why);
    List<Step> begun =
        new ArrayList<>(recorded.plan().steps().filter(s -> log.begun(s.name())).toList());
    Collections.reverse(begun);
    List<String> left = new ArrayList<>();
    for (Step step : begun) {
      if (!StepRun.canBeUndone(step) || log.isUndone(step.name()) || cameToNothing(step)) {
        continue;
      }
      log.undoIntent(step);
      Answer answer = steps.undo(step);
      log.undoResult(step, answer);
      if (answer.kind() == Trouble.OVERTAKEN) {
        return log.overtaken(step.on().label() + ": " + answer.words());
      }
      if (isTakenBackNowhere(step, answer) || isMadeFollower(step, answer)) {
        letGo.add(step.on().label() + ": take back: " + step.title() + ": " + answer.words());
      } else if (!answer.isDone() && !wasNeverBegun(step)) {
        left.add(step.on().label() + ": take back: " + step.title() + ": " + answer.words());
        if (step.action() instanceof Action.Handover) {
          break;
        }
      }
    }
    return left.isEmpty()
        ? log.undone(failedStep, why + stayClosed(), letGo)
        : log.incomplete(why, left);
  }

  /**
   * A script that said no had no effect: its host need not be asked to take anything back. A
   * hand-over that is known not to be done has closed nobody, or has opened the old leader again.
   */
  private boolean cameToNothing(Step step) {
    return (step.action() instanceof Action.Run || step.action() instanceof Action.Handover)
        && !log.mayHaveHadEffect(step.name());
  }

  /**
   * Of what only may have been begun: whether it is seen not to be done, or the plan did not come
   * that far. Then it needs no way back.
   */
  private boolean wasNeverBegun(Step step) {
    if (log.isWrittenAsBegun(step.name())) {
      return false;
    }
    Stream<Step> before =
        recorded.plan().phases().stream()
            .takeWhile(phase -> phase.steps().noneMatch(step::equals))
            .flatMap(Phase::steps)
            .filter(s -> !mayBeOwed(s) && !log.isDone(s.name()));
    return Stream.concat(Stream.of(step), before)
        .anyMatch(s -> steps.probe(s) instanceof Answer.NotDone);
  }

  /** What was closed is not opened by itself. */
  private String stayClosed() {
    return closed().stream()
        .map(n -> "; " + n + " stays closed: " + openedBy(n))
        .collect(Collectors.joining());
  }

  /**
   * The same refusal, where nodes were closed that stay so: it can't say that nothing was changed.
   */
  private Refusal whileClosed(Refusal no) {
    List<NodeName> nodes = closed();
    if (nodes.isEmpty()) {
      return no;
    }
    String names = nodes.stream().map(NodeName::value).collect(Collectors.joining(" and "));
    String are = nodes.size() == 1 ? " is closed, and stays so. " : " are closed, and stay so. ";
    List<String> next = new ArrayList<>(no.next());
    nodes.forEach(n -> next.add("or take " + n + " back: " + openedBy(n)));
    return new Refusal(
        no.code(),
        no.found(),
        names + are + no.unchanged().replace("Nothing was", NOTHING_ELSE),
        next);
  }

  private List<NodeName> closed() {
    return recorded
        .plan()
        .steps()
        .filter(s -> s.action() instanceof Action.Fence && log.isDone(s.name()))
        .map(s -> ((Action.Fence) s.action()).node())
        .toList();
  }

  private static String openedBy(NodeName node) {
    return "replctl unfence " + node + ", then replctl open " + node;
  }

  /**
   * All lanes of a phase.
   *
   * @param behind whether the copies of the journal are brought up to date meanwhile: what they
   *     lack, should this process die here, is found out again by asking the hosts
   */
  private Optional<Failure> run(Phase phase, boolean behind) {
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
        letGo.add(step.on().label() + ": " + step.title() + ": " + answer.words());
        return Optional.empty();
      }
      if (mayBeOwed(step) && answer.kind() != Trouble.OVERTAKEN) {
        owed.add(step.on().label() + ": " + step.title() + ": " + answer.words());
        return Optional.empty();
      }
      return Optional.of(new Failure(step, answer));
    }
    return Optional.empty();
  }

  private static boolean mayBeOwed(Step step) {
    return step.onFailure() == Step.OnFailure.OWE || step.onFailure() == Step.OnFailure.LET_GO;
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

  /**
   * The same of what prepares a hand-over and can't be taken back, on a host that did not lead;
   * also where that host answers, and its server is down for the second process too. Until the
   * operation is over nothing could be typed that brings that server back; rejoin, which does,
   * tidies it.
   */
  private boolean isTakenBackNowhere(Step step, Answer answer) {
    boolean nowhere = answer.kind().isNoContact() && recorded.wasNotFound(step, true);
    boolean down = answer.kind() == Trouble.NO_SERVER && recorded.wasWithoutServer(step);
    return (nowhere || down)
        && handovers().findAny().isPresent()
        && handovers()
            .map(s -> (Action.Handover) s.action())
            .noneMatch(h -> step.action().equals(h) || step.on().equals(Place.on(h.from())));
  }

  /**
   * An old leader that somebody has follow another meanwhile, by hand: no process of this operation
   * could ever open it again, and the candidate has stood down.
   */
  private static boolean isMadeFollower(Step step, Answer answer) {
    return step.action() instanceof Action.Handover
        && answer.facts().truth(HandoverRun.FOLLOWS).orElse(false);
  }

  private static boolean isOnlyTried(Step step, Answer answer) {
    return step.onFailure() == Step.OnFailure.TRY && answer.kind() != Trouble.OVERTAKEN;
  }

  private boolean stops() {
    return world.stop().wanted() && handovers().noneMatch(s -> log.begun(s.name()));
  }

  private void leave(Step step) {
    if (!log.isDone(step.name()) && step.onFailure() != Step.OnFailure.TRY) {
      notBegun.add(step.on().label() + ": " + step.title());
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

  private Deadline limit(Phase phase) {
    Duration longest = Duration.ZERO;
    for (Lane lane : phase.lanes()) {
      Duration sum =
          lane.steps().stream()
              .map(PlanRun::limit)
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

  /** A step without which the plan can't go on, and what came of it. */
  private record Failure(Step step, Answer answer) {
    static Failure late(Lane lane) {
      return new Failure(
          lane.steps().get(lane.steps().size() - 1),
          Answer.unknown(Trouble.OVERDUE, "it did not end before its deadline"));
    }
  }
}
