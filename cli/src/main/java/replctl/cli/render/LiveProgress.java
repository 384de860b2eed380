package replctl.cli.render;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import replctl.cli.Extent;
import replctl.playbooks.plan.Step;
import replctl.playbooks.run.Event;
import replctl.playbooks.run.Watcher;

/**
 * What a plan does, on a terminal: what is over stands as lines, and below them the steps that run
 * are redrawn in place, with their time, bytes, rate and what is left.
 */
public final class LiveProgress implements Watcher {
  private static final String[] TURNS = {"|", "/", "-", "\\"};
  private static final int BAR = 20;
  private static final int USUAL_COLUMNS = 80;
  private static final int USUAL_ROWS = 24;

  private final PrintWriter terminal;
  private final Lines to;
  private final Extent extent;
  private final LongSupplier nanos;
  private final ProgressPrinter past;
  private final Map<String, Running> running = new LinkedHashMap<>();
  private int drawn;
  private int turn;

  private static final class Running {
    final Step step;
    final long since;
    Transfer transfer;
    long done;
    long total;

    Running(Step step, long since) {
      this.step = step;
      this.since = since;
      this.transfer = new Transfer(since, 0);
    }
  }

  /**
   * @param extent the terminal's
   * @param nanos a clock that only grows
   */
  public LiveProgress(PrintWriter terminal, Lines to, Extent extent, LongSupplier nanos) {
    this.terminal = terminal;
    this.to = to;
    this.extent = extent;
    this.nanos = nanos;
    this.past = new ProgressPrinter(to, () -> {}, nanos);
  }

  @Override
  public synchronized void on(Event event) {
    if (event instanceof Event.StepBegun begun) {
      running.put(begun.step().name(), new Running(begun.step(), nanos.getAsLong()));
    } else if (event instanceof Event.StepAt at) {
      Running step = running.get(at.step().name());
      if (step != null) {
        if (step.done == 0) {
          step.transfer = new Transfer(nanos.getAsLong(), at.done());
        }
        step.done = at.done();
        step.total = at.total();
      }
    } else {
      erase();
      if (event instanceof Event.StepEnded ended) {
        running.remove(ended.step().name());
      } else if (event instanceof Event.PlanEnded) {
        running.clear();
      }
      past.on(event);
    }
    redraw();
  }

  /** Prints lines above the steps that run. */
  synchronized void say(List<String> words) {
    erase();
    past.say(words);
    redraw();
  }

  /** Draws the steps that run again; called several times a second. */
  public synchronized void redraw() {
    erase();
    turn++;
    Extent.Size size = extent.now();
    // What a terminal has moved out of its top is not erased any more. Of its rows one is for the
    // cursor, and one for how many more steps there are.
    int room = Math.max(1, (size.rows() == 0 ? USUAL_ROWS : size.rows()) - 2);
    int more = running.size() - room;
    running.values().stream().limit(room).forEach(step -> draw(line(step), size));
    if (more > 0) {
      draw("  and " + more + " more", size);
    }
    terminal.flush();
  }

  private void draw(String line, Extent.Size size) {
    int columns = size.columns() == 0 ? USUAL_COLUMNS : size.columns();
    to.line(Width.cut(line, columns - 1, "~"));
    drawn++;
  }

  private String line(Running step) {
    long now = nanos.getAsLong();
    String line =
        TURNS[turn % TURNS.length]
            + " "
            + step.step.on().label()
            + ": "
            + step.step.title()
            + "  "
            + Units.time(Duration.ofSeconds(Duration.ofNanos(now - step.since).toSeconds()));
    if (step.done == 0 && step.total == 0) {
      return line;
    }
    String bar = "";
    if (step.total > 0) {
      int full = (int) Math.min(BAR, step.done * BAR / step.total);
      bar = "  [" + "#".repeat(full) + ".".repeat(BAR - full) + "]";
    }
    return line + bar + "  " + step.transfer.words(now, step.done, step.total);
  }

  private void erase() {
    if (drawn > 0) {
      // From the line's start: a terminal shows ^C where the cursor stands.
      terminal.print("\r\u001b[" + drawn + "A\u001b[J");
      drawn = 0;
    }
  }
}
