package replctl.cli.wiring;

import java.util.List;
import replctl.cli.ExitCode;
import replctl.cli.Extent;

/** What a verb was started from: a process of its own, or a shell that goes on after it. */
public interface Foreground {
  /** A process of its own: signals are its own, and it ends with the verb. */
  Foreground PROCESS = new OwnProcess();

  /**
   * Whether {@code --yes} is somebody's word. Text that was pasted may be more than was meant, so
   * there it is not, and what changes a cluster asks.
   */
  boolean vouched();

  /** Makes what was typed ahead of a question no answer to it. */
  void beforeAsking();

  /**
   * From now on until it is closed, a wish to stop calls this, on a thread of its own.
   *
   * @param operation what is about to run
   * @throws replctl.cli.Failure where the wish came before: then nothing may be begun
   */
  Hearing hear(String operation, Runnable heard);

  /** From now on until it is closed, this is the size that the terminal has. */
  Hearing follow(Extent extent);

  /** Ends this process at once, in the middle of whatever it does. */
  void end();

  /** While signals are heard. */
  @FunctionalInterface
  interface Hearing extends AutoCloseable {
    @Override
    void close();
  }

  /** That of a one-shot command. */
  final class OwnProcess implements Foreground {
    private OwnProcess() {}

    @Override
    public boolean vouched() {
      return true;
    }

    @Override
    public void beforeAsking() {}

    @Override
    public Hearing hear(String operation, Runnable heard) {
      return Signals.hear(heard)::close;
    }

    @Override
    public Hearing follow(Extent extent) {
      // The terminal tells that it has another size, and not which.
      return Signals.hear(List.of("WINCH"), () -> TerminalSize.now().ifPresent(extent::set))::close;
    }

    @Override
    public void end() {
      Runtime.getRuntime().halt(ExitCode.INTERRUPTED.code());
    }
  }
}
