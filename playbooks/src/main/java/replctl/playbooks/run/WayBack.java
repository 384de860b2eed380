package replctl.playbooks.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import replctl.inventory.NodeName;
import replctl.playbooks.journal.Recorded;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Outcome;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Step;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Trouble;

/** Takes back what was begun of a plan, as far as that can be. */
final class WayBack {
  private static final String NOTHING_ELSE = "Nothing else was";

  private final Recorded recorded;
  private final Log log;
  private final StepRun steps;
  private final Remainder remainder;

  WayBack(Recorded recorded, Log log, StepRun steps, Remainder remainder) {
    this.recorded = recorded;
    this.log = log;
    this.steps = steps;
    this.remainder = remainder;
  }

  /**
   * All of it, last first.
   *
   * @param failedStep why it is taken back: a step, or the operation itself
   */
  Outcome run(String why, String failedStep) {
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
        remainder.letStay(step, answer.words());
      } else if (!answer.isDone() && !wasNeverBegun(step)) {
        left.add(Remainder.back(step, answer.words()));
        if (step.action() instanceof Action.Handover) {
          break;
        }
      }
    }
    return left.isEmpty()
        ? log.undone(failedStep, why + stayClosed(), remainder.letGo())
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
            .filter(s -> !s.mayBeOwed() && !log.isDone(s.name()));
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
  Refusal whileClosed(Refusal no) {
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

  /** Whether the operation has closed a node. */
  boolean hasClosed() {
    return !closed().isEmpty();
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

  private Stream<Action.Handover> handovers() {
    return recorded
        .plan()
        .steps()
        .flatMap(s -> s.action() instanceof Action.Handover h ? Stream.of(h) : Stream.empty());
  }
}
