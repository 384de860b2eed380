package replctl.cli.shell;

import java.util.Optional;
import replctl.cli.ExitCode;
import replctl.cli.Extent;
import replctl.cli.Failure;
import replctl.cli.wiring.Foreground;
import replctl.cli.wiring.Signals;

/**
 * One verb that the shell runs, on a thread of its own. Ctrl-C ends one that looks; one that runs a
 * plan hears of it, and stops where it is safe; one that was stopped begins nothing any more.
 */
final class VerbRun implements Foreground {
  private final boolean vouched;
  private final Runnable drop;
  private final Runnable end;
  private final Runnable mute;
  private boolean asked;
  private boolean interrupted;
  private boolean planned;
  private Optional<Thread> thread = Optional.empty();
  private Optional<String> stopped = Optional.empty();

  /**
   * @param vouched whether --yes counts
   * @param drop drops what was typed ahead
   * @param end ends the process at once
   * @param mute lets nothing more of it through to the terminal
   */
  VerbRun(boolean vouched, Runnable drop, Runnable end, Runnable mute) {
    this.vouched = vouched;
    this.drop = drop;
    this.end = end;
    this.mute = mute;
  }

  /** The thread that it runs on has begun. */
  synchronized void begun(Thread on) {
    thread = Optional.of(on);
  }

  /** Ctrl-C, while no plan hears signals itself. */
  synchronized void interrupt() {
    if (!planned) {
      interrupted = true;
      mute.run();
      thread.ifPresent(Thread::interrupt);
    }
  }

  /** Whether it was ended before any plan began. */
  synchronized boolean interrupted() {
    return interrupted;
  }

  /** Whether it came as far as a question. */
  synchronized boolean asked() {
    return asked;
  }

  /** The operation in whose middle somebody wished to stop. */
  synchronized Optional<String> stopped() {
    return stopped;
  }

  @Override
  public boolean vouched() {
    return vouched;
  }

  @Override
  public void beforeAsking() {
    synchronized (this) {
      asked = true;
    }
    drop.run();
  }

  @Override
  public synchronized Hearing hear(String operation, Runnable heard) {
    if (interrupted) {
      throw over();
    }
    // From here on what is printed is the plan's, and is printed to its end.
    planned = true;
    return Signals.hear(
            () -> {
              synchronized (this) {
                stopped = Optional.of(operation);
              }
              heard.run();
            })
        ::close;
  }

  @Override
  public Hearing follow(Extent extent) {
    // The shell does, all the time.
    return () -> {};
  }

  @Override
  public void end() {
    end.run();
  }

  /** What a verb is told that was ended before anything began. */
  static Failure over() {
    return Failure.of(ExitCode.INTERRUPTED, "interrupted; nothing was changed");
  }
}
