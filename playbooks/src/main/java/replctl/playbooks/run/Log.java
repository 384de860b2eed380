package replctl.playbooks.run;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.journal.Journal;
import replctl.playbooks.journal.Recorded;
import replctl.playbooks.plan.Outcome;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Step;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.World;

/**
 * What is known of a run so far, and where it goes: to the journal first, then to whoever watches.
 * Lanes use it side by side; everything in it is one at a time.
 */
final class Log {
  private final World world;
  private final Journal journal;
  private final Watcher watcher;
  private final Plan plan;
  private final long from;
  private final Set<String> begun = new HashSet<>();
  private final Set<String> writtenAsBegun = new HashSet<>();
  private final Set<String> undone = new HashSet<>();

  /** How many tries of a step are not known to have come to nothing. */
  private final Map<String, Integer> tries = new HashMap<>();

  private boolean gap;
  private final Map<String, Answer> answers = new HashMap<>();

  /**
   * What was found stays known, also of steps that were taken back: how long writes stood still.
   */
  private final Map<String, Facts> found = new HashMap<>();

  Log(World world, Journal journal, Watcher watcher, Recorded recorded) {
    this.world = world;
    this.journal = journal;
    this.watcher = watcher;
    this.plan = recorded.plan();
    this.from = world.clock().nanos();
    for (Entry entry : recorded.entries()) {
      learn(entry);
    }
  }

  private void learn(Entry entry) {
    if (entry instanceof Entry.Gap) {
      gap = true;
      plan.steps().map(Step::name).forEach(begun::add);
      undone.clear();
    } else if (entry instanceof Entry.Intent intent && !intent.undo()) {
      begun.add(intent.step());
      writtenAsBegun.add(intent.step());
      tries.merge(intent.step(), 1, Integer::sum);
      undone.remove(intent.step());
    } else if (entry instanceof Entry.Result result && !result.undo()) {
      answers.put(result.step(), result.answer());
      found.put(result.step(), result.answer().facts());
      if (result.answer() instanceof Answer.NotDone no
          && no.facts().text(StepRun.PARTS).isEmpty()) {
        tries.computeIfPresent(result.step(), (step, n) -> n - 1);
      }
    } else if (entry instanceof Entry.Result result && result.answer().isDone()) {
      undone.add(result.step());
      answers.remove(result.step());
    }
  }

  synchronized Facts facts(String step) {
    return found.getOrDefault(step, Facts.NONE);
  }

  synchronized boolean isDone(String step) {
    return answers.containsKey(step) && answers.get(step).isDone();
  }

  synchronized boolean begun(String step) {
    return begun.contains(step);
  }

  /** Whether it is known that the step was begun: before, or by this very process. */
  synchronized boolean isWrittenAsBegun(String step) {
    return writtenAsBegun.contains(step);
  }

  /** Whether any try of a step is not known to have come to nothing. */
  synchronized boolean mayHaveHadEffect(String step) {
    return gap || tries.getOrDefault(step, 0) > 0;
  }

  synchronized boolean isUndone(String step) {
    return undone.contains(step);
  }

  synchronized void planBegun() {
    watcher.on(new Event.PlanBegun(plan));
  }

  synchronized void phaseBegun(Phase phase) {
    watcher.on(new Event.PhaseBegun(phase));
  }

  synchronized void stepBegun(Step step) {
    watcher.on(new Event.StepBegun(step));
  }

  synchronized void stepAt(Step step, long done, long total) {
    watcher.on(new Event.StepAt(step, done, total));
  }

  synchronized void intent(Step step) {
    add(new Entry.Intent(now(), step.name(), false));
  }

  synchronized Answer stepEnded(Step step, Answer answer, Duration took) {
    add(new Entry.Result(now(), step.name(), false, answer));
    watcher.on(new Event.StepEnded(step, answer, took));
    return answer;
  }

  synchronized void undoBegun(String why) {
    watcher.on(new Event.UndoBegun(why));
  }

  synchronized void undoIntent(Step step) {
    add(new Entry.Intent(now(), step.name(), true));
  }

  synchronized void undoResult(Step step, Answer answer) {
    add(new Entry.Result(now(), step.name(), true, answer));
    watcher.on(new Event.StepUndone(step, answer));
  }

  /** This plan is done, and the operation is not over. */
  synchronized Outcome soFar() {
    return new Outcome.Done(found);
  }

  /**
   * @param letGo what was not done on hosts that were not found twice
   */
  synchronized Outcome done(List<String> letGo) {
    return end(
        new Entry.Ended(now(), Entry.Ending.DONE, Optional.empty(), letGo),
        new Outcome.Done(found, letGo));
  }

  /**
   * @param letGo what was not taken back on hosts that were not found twice
   */
  synchronized Outcome undone(String step, String why, List<String> letGo) {
    return end(
        new Entry.Ended(now(), Entry.Ending.UNDONE, Optional.of(why), letGo),
        new Outcome.Undone(step, why, found, letGo));
  }

  synchronized Outcome incomplete(String why, List<String> left) {
    return end(
        new Entry.Ended(now(), Entry.Ending.INCOMPLETE, Optional.of(why), left),
        new Outcome.Incomplete(why, left, found));
  }

  synchronized Outcome interrupted(String why, List<String> left) {
    return end(
        new Entry.Ended(now(), Entry.Ending.INCOMPLETE, Optional.of(why), left),
        new Outcome.Interrupted(why, left, found));
  }

  synchronized Outcome overtaken(String why) {
    return end(
        new Entry.Ended(now(), Entry.Ending.OVERTAKEN, Optional.of(why), List.of()),
        new Outcome.Overtaken(why, found));
  }

  private Outcome end(Entry.Ended entry, Outcome outcome) {
    add(entry);
    Duration took = Duration.ofNanos(world.clock().nanos() - from);
    watcher.on(new Event.PlanEnded(plan, outcome, took));
    return outcome;
  }

  private void add(Entry entry) {
    journal.add(plan.op(), entry);
    learn(entry);
  }

  private Instant now() {
    return world.clock().now();
  }
}
