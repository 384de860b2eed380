package replctl.cli.render;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import replctl.cli.Console;
import replctl.playbooks.run.Watcher;

/**
 * Shows on stderr what a plan does, in the form that fits where stderr goes.
 *
 * @param stop ends the redrawing
 */
public record ProgressView(Watcher watcher, Runnable stop) implements AutoCloseable {
  private static final long REDRAW_MS = 120;

  /** Nothing when quiet; in place on a terminal; lines elsewhere. */
  public static ProgressView of(Console console, Colour colour, boolean quiet) {
    if (quiet) {
      return new ProgressView(Watcher.NONE, () -> {});
    }
    Lines lines =
        new Lines(
            console.err(),
            new Lines.Look(
                false, colour.onErr(console), console.unicode(), console.screen().columns()));
    if (!console.livelyErr()) {
      return new ProgressView(
          new ProgressPrinter(lines, console.err()::flush, System::nanoTime), () -> {});
    }
    LiveProgress live = new LiveProgress(console.err(), lines, System::nanoTime);
    ScheduledExecutorService ticks =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "replctl-progress");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        ticks.scheduleAtFixedRate(live::redraw, REDRAW_MS, REDRAW_MS, TimeUnit.MILLISECONDS);
    return new ProgressView(live, ticks::shutdownNow);
  }

  @Override
  public void close() {
    stop.run();
  }
}
