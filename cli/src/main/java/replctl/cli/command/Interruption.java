package replctl.cli.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Step;
import replctl.playbooks.run.Event;
import replctl.playbooks.run.Watcher;
import replctl.playbooks.world.Stop;

/**
 * What a signal means while a plan runs. The first: nothing more is begun, and it says what is
 * waited for. The second: the process ends at once, and it says what is not known then.
 */
final class Interruption implements Stop, Watcher {
  /** Some programs that start others pass a Ctrl-C on which these have had already; in ns. */
  private static final long SAME = 500_000_000L;

  private final Plan plan;
  private final Watcher next;
  private final Consumer<List<String>> say;
  private final LongSupplier nanos;
  private final Runnable end;
  private final Map<String, Step> running = new LinkedHashMap<>();
  private boolean handsOver;
  private boolean back;
  private volatile boolean wanted;
  private long since;

  /**
   * @param handsOver whether the plan's hand-over was begun by an earlier process
   * @param next is told what happens too
   * @param say prints lines where the operator sees them
   * @param nanos a clock that only grows
   * @param end ends the process at once
   */
  Interruption(
      Plan plan,
      boolean handsOver,
      Watcher next,
      Consumer<List<String>> say,
      LongSupplier nanos,
      Runnable end) {
    this.plan = plan;
    this.handsOver = handsOver;
    this.next = next;
    this.say = say;
    this.nanos = nanos;
    this.end = end;
  }

  @Override
  public boolean wanted() {
    return wanted;
  }

  @Override
  public void on(Event event) {
    synchronized (this) {
      if (event instanceof Event.StepBegun begun) {
        running.put(begun.step().name(), begun.step());
        handsOver |= begun.step().action() instanceof Action.Handover;
      } else if (event instanceof Event.StepEnded ended) {
        running.remove(ended.step().name());
      } else if (event instanceof Event.UndoBegun) {
        back = true;
      }
    }
    next.on(event);
  }

  /** A signal came. */
  void heard() {
    List<String> words;
    boolean second;
    synchronized (this) {
      long now = nanos.getAsLong();
      second = wanted;
      if (second && now - since < SAME) {
        return;
      }
      since = now;
      wanted = true;
      words = second ? unknown() : waited();
    }
    say.accept(words);
    if (second) {
      end.run();
    }
  }

  private List<String> waited() {
    String once = "Once more ends replctl at once.";
    if (back) {
      return List.of("interrupted: what was begun is still being taken back. " + once);
    }
    if (handsOver) {
      return List.of(
          "interrupted: the hand-over is not cut: it is being finished, with all that follows it, or"
              + " taken back; writes may stand still until then. "
              + once);
    }
    String steps =
        String.join(
            ", ", running.values().stream().map(s -> s.on().label() + ": " + s.title()).toList());
    return List.of(
        "interrupted: no further step is begun."
            + (steps.isEmpty() ? "" : " Waiting for the end of " + steps + ".")
            + " "
            + once);
  }

  private List<String> unknown() {
    return List.of(
        "replctl: ended at once. Not known: whether what was begun is done, half done or still"
            + " going on."
            + (handsOver || back ? " Writes may stand still." : ""),
        "Next: replctl op resume " + plan.op(),
        "      replctl op abort " + plan.op());
  }
}
