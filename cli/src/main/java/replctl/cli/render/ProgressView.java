package replctl.cli.render;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import replctl.cli.Console;
import replctl.playbooks.run.Watcher;

/**
 * Shows on stderr what a plan does, in the form that fits where stderr goes.
 *
 * @param say prints lines between what is shown, also when quiet
 * @param stop ends the redrawing
 */
public record ProgressView(Watcher watcher, Consumer<List<String>> say, Runnable stop)
    implements AutoCloseable {
  private static final long REDRAW_MS = 120;

  /** Nothing when quiet; in place on a terminal; lines elsewhere. */
  public static ProgressView of(Console console, Colour colour, boolean quiet) {
    Lines lines =
        new Lines(
            console.err(),
            new Lines.Look(
                false, colour.onErr(console), console.unicode(), console.screen().columns()));
    if (quiet || !console.livelyErr()) {
      ProgressPrinter printer = new ProgressPrinter(lines, console.err()::flush, System::nanoTime);
      return new ProgressView(quiet ? Watcher.NONE : printer, printer::say, () -> {});
    }
    LiveProgress live =
        new LiveProgress(console.err(), lines, console.screen().extent(), System::nanoTime);
    ScheduledExecutorService ticks =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "replctl-progress");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        ticks.scheduleAtFixedRate(live::redraw, REDRAW_MS, REDRAW_MS, TimeUnit.MILLISECONDS);
    return new ProgressView(live, live::say, ticks::shutdownNow);
  }

  @Override
  public void close() {
    stop.run();
  }
}
