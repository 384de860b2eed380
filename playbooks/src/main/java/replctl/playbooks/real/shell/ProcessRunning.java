package replctl.playbooks.real.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import replctl.playbooks.world.Clock;
import replctl.playbooks.world.Deadline;

/** A process of this machine. */
public final class ProcessRunning implements Running {
  private final Process process;
  private final Clock clock;
  private final IntFunction<Ending> meaning;
  private final Runnable free;

  /**
   * @param meaning what an exit code says of the command
   * @param free run when nobody is interested in it any more
   */
  public ProcessRunning(Process process, Clock clock, IntFunction<Ending> meaning, Runnable free) {
    this.process = process;
    this.clock = clock;
    this.meaning = meaning;
    this.free = free;
  }

  @Override
  public OutputStream input() {
    return process.getOutputStream();
  }

  @Override
  public InputStream output() {
    return process.getInputStream();
  }

  @Override
  public InputStream errors() {
    return process.getErrorStream();
  }

  @Override
  public Ending end(Deadline by) {
    try {
      if (process.waitFor(clock.left(by).toNanos(), TimeUnit.NANOSECONDS)) {
        return meaning.apply(process.exitValue());
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    return new Ending.Runs();
  }

  @Override
  public void kill() {
    end(process);
  }

  /** Ends a process and all that it has started, as far as this user may. */
  public static void end(Process process) {
    List<ProcessHandle> below = process.descendants().toList();
    process.destroyForcibly();
    below.forEach(ProcessHandle::destroyForcibly);
  }

  /** The command itself goes on to its end, which is near: it has said all it had to say. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException closed) {
      // Then it reads no more, which was wanted.
    }
    free.run();
  }
}
