package replctl.cli.render;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import replctl.playbooks.plan.Step;
import replctl.playbooks.run.Event;
import replctl.playbooks.run.Watcher;
import replctl.playbooks.world.Answer;

/**
 * What a plan does, as plain lines on stderr: for files, cron, and terminals that can't redraw. Of
 * a long step it says now and then how far it is.
 */
public final class ProgressPrinter implements Watcher {
  private static final Duration BETWEEN = Duration.ofSeconds(10);

  private final Lines to;
  private final Runnable flush;
  private final LongSupplier nanos;
  private final Map<String, Long> saidAt = new HashMap<>();
  private final Map<String, Transfer> transfers = new HashMap<>();

  /**
   * @param flush after each line
   * @param nanos a clock that only grows
   */
  public ProgressPrinter(Lines to, Runnable flush, LongSupplier nanos) {
    this.to = to;
    this.flush = flush;
    this.nanos = nanos;
  }

  /** Prints lines of somebody else's. */
  synchronized void say(List<String> words) {
    words.forEach(w -> to.line(w, Tone.WARN));
    flush.run();
  }

  @Override
  public synchronized void on(Event event) {
    if (event instanceof Event.PlanBegun begun) {
      to.line(begun.plan().verb() + " of " + begun.plan().cluster() + "  " + begun.plan().op());
    } else if (event instanceof Event.PhaseBegun begun) {
      to.line(begun.phase().title(), Tone.STRONG);
    } else if (event instanceof Event.StepBegun begun) {
      saidAt.put(begun.step().name(), nanos.getAsLong());
      to.line(head(begun.step()));
    } else if (event instanceof Event.StepAt at) {
      at(at);
    } else if (event instanceof Event.StepEnded ended) {
      to.line(ended(ended.step(), ended.answer(), "  " + Units.time(ended.took())));
    } else if (event instanceof Event.UndoBegun begun) {
      to.line("taking it back: " + begun.why(), Tone.WARN);
    } else if (event instanceof Event.StepUndone undone) {
      to.line(ended(undone.step(), undone.answer(), "  taken back"));
    }
    flush.run();
  }

  private void at(Event.StepAt at) {
    long now = nanos.getAsLong();
    String name = at.step().name();
    Transfer transfer = transfers.computeIfAbsent(name, n -> new Transfer(now, at.done()));
    if (now - saidAt.getOrDefault(name, now) >= BETWEEN.toNanos()) {
      saidAt.put(name, now);
      to.line(head(at.step()) + "  " + transfer.words(now, at.done(), at.total()));
    }
  }

  static String head(Step step) {
    return "  " + step.on().label() + ": " + step.title();
  }

  static List<Span> ended(Step step, Answer answer, String tail) {
    return answer.isDone()
        ? List.of(Span.of(head(step) + ": "), new Span("done", Tone.GOOD), Span.of(tail))
        : List.of(
            Span.of(head(step) + ": "),
            new Span(answer instanceof Answer.Unknown ? "unknown" : "not done", Tone.BAD),
            Span.of(": " + answer.words() + tail));
  }
}
