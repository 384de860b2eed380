package replctl.playbooks.journal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Step;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Trouble;

/** An operation as its journal tells it. */
public record Recorded(Plan plan, List<Entry> entries) {
  public Recorded {
    entries = List.copyOf(entries);
  }

  /** With the plan that the operation has come to. */
  public static Recorded of(Plan first, List<Entry> entries) {
    Plan plan = first;
    for (Entry entry : entries) {
      plan = entry instanceof Entry.Continued continued ? continued.plan() : plan;
    }
    return new Recorded(plan, entries);
  }

  /** How the last process left it; empty when that process died. */
  public Optional<Entry.Ended> ended() {
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    Entry last = entries.get(entries.size() - 1);
    return last instanceof Entry.Ended ended ? Optional.of(ended) : Optional.empty();
  }

  /** Whether something of it is still owed or unknown. */
  public boolean open() {
    return ended().map(e -> e.ending() == Entry.Ending.INCOMPLETE).orElse(true);
  }

  /** Whether it was on its way back when it was left. */
  public boolean goingBack() {
    return entries.stream().anyMatch(e -> e instanceof Entry.Intent intent && intent.undo());
  }

  /** Whether the step's effect is possible: it was begun, or that it was may not be known. */
  public boolean begun(Step step) {
    return hasGap() || isWrittenAsBegun(step);
  }

  /** Whether it went on with a plan that was made while it ran. */
  public boolean isContinued() {
    return entries.stream().anyMatch(Entry.Continued.class::isInstance);
  }

  /** Whether it is known that the step was begun. */
  public boolean isWrittenAsBegun(Step step) {
    return entries.stream()
        .anyMatch(e -> e instanceof Entry.Intent i && !i.undo() && i.step().equals(step.name()));
  }

  /**
   * Whether a process did not find the host of a step.
   *
   * @param undo when it was to take it back; else when it was to do it
   */
  public boolean wasNotFound(Step step, boolean undo) {
    return entries.stream()
        .anyMatch(
            e ->
                e instanceof Entry.Result r
                    && r.undo() == undo
                    && r.step().equals(step.name())
                    && r.answer().kind().isNoContact());
  }

  /** Whether a step could not be taken back before now, since its host's server was down. */
  public boolean wasWithoutServer(Step step) {
    return entries.stream()
        .anyMatch(
            e ->
                e instanceof Entry.Result r
                    && r.undo()
                    && r.step().equals(step.name())
                    && r.answer().kind() == Trouble.NO_SERVER);
  }

  /** Whether lines of it are known to lack, or may. */
  public boolean hasGap() {
    return gap().isPresent();
  }

  private Optional<Entry.Gap> gap() {
    return entries.stream()
        .filter(Entry.Gap.class::isInstance)
        .map(Entry.Gap.class::cast)
        .reduce((before, after) -> after);
  }

  /** Whether a record of this operation's may be on a host. */
  public boolean mayBeWritten(Step step) {
    return mayHaveHadEffect(step) || gap().filter(Entry.Gap::written).isPresent();
  }

  /** Whether any try of the step is not known to have come to nothing. */
  public boolean mayHaveHadEffect(Step step) {
    int open = 0;
    for (Entry entry : entries) {
      if (entry instanceof Entry.Intent i && !i.undo() && i.step().equals(step.name())) {
        open++;
      } else if (entry instanceof Entry.Result r
          && !r.undo()
          && r.step().equals(step.name())
          && r.answer() instanceof Answer.NotDone
          && open > 0) {
        open--;
      }
    }
    return open > 0;
  }

  /** The last word on each step that was done, not counting what was taken back. */
  public Map<String, Answer> answers() {
    Map<String, Answer> answers = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (entry instanceof Entry.Result result && !result.undo()) {
        answers.put(result.step(), result.answer());
      }
    }
    return answers;
  }

  /** Who was made the leader, and stays it; empty: nobody, or it is on its way back. */
  public Optional<NodeName> opened() {
    if (goingBack()) {
      return Optional.empty();
    }
    Map<String, Answer> answers = answers();
    return plan.steps()
        .filter(s -> answers.containsKey(s.name()) && answers.get(s.name()).isDone())
        .flatMap(
            s ->
                s.action() instanceof Action.Handover handover
                    ? Stream.of(handover.to())
                    : s.action() instanceof Action.Open && s.on() instanceof Place.Host host
                        ? Stream.of(host.node())
                        : Stream.empty())
        .findFirst();
  }

  /** The newest epoch that it was promised; that of its plan when it was never begun. */
  public long epoch() {
    return Math.max(plan.electorate().epoch(), begunAs());
  }

  /** The newest epoch under which it is known to have been begun; 0: none. */
  public long begunAs() {
    return entries.stream()
        .filter(Entry.Begun.class::isInstance)
        .mapToLong(e -> ((Entry.Begun) e).epoch())
        .max()
        .orElse(0);
  }

  /** Who began it, and when. */
  public Optional<Entry.Begun> begunBy() {
    return entries.stream()
        .filter(Entry.Begun.class::isInstance)
        .map(Entry.Begun.class::cast)
        .findFirst();
  }
}
