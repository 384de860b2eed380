package replctl.playbooks.real.ssh;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.connection.channel.direct.Signal;
import replctl.playbooks.real.shell.Ending;
import replctl.playbooks.real.shell.Running;
import replctl.playbooks.real.shell.Threads;
import replctl.playbooks.world.Clock;
import replctl.playbooks.world.Deadline;

/** A command on an SSH connection. */
final class SshCommand implements Running {
  private final Session session;
  private final Session.Command command;
  private final Threads threads;
  private final Clock clock;
  private final Runnable free;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * @param free is run once, when the connection can take another command
   */
  SshCommand(
      Session session, Session.Command command, Threads threads, Clock clock, Runnable free) {
    this.session = session;
    this.command = command;
    this.threads = threads;
    this.clock = clock;
    this.free = free;
  }

  @Override
  public OutputStream input() {
    return command.getOutputStream();
  }

  @Override
  public InputStream output() {
    return new Kept(command.getInputStream());
  }

  @Override
  public InputStream errors() {
    return new Kept(command.getErrorStream());
  }

  @Override
  public Ending end(Deadline by) {
    long nanos = clock.left(by).toNanos();
    try {
      // Zero would wait for ever.
      command.join(Math.max(1, nanos), TimeUnit.NANOSECONDS);
    } catch (ConnectionException thrown) {
      if (command.getExitStatus() == null && command.getExitSignal() == null) {
        return command.isOpen() ? new Ending.Runs() : new Ending.Cut(why(thrown));
      }
    }
    if (command.getExitSignal() != null) {
      return new Ending.Killed(command.getExitSignal().toString());
    }
    return command.getExitStatus() == null
        ? new Ending.Cut("it was closed without an exit code")
        : new Ending.Exited(command.getExitStatus());
  }

  private static String why(SSHException thrown) {
    return thrown.getDisconnectReason() == DisconnectReason.CONNECTION_LOST
        ? "the host gave no sign of life for 3 s"
        : "it was closed from the other side";
  }

  @Override
  public void kill() {
    try {
      command.signal(Signal.KILL);
    } catch (IOException gone) {
      // Then nothing can be sent there any more.
    }
  }

  /** The host confirms, which may take long where it hangs. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      threads.execute(
          () -> {
            try {
              session.close();
            } catch (IOException gone) {
              // It ended with its connection.
            } finally {
              free.run();
            }
          });
    }
  }

  /**
   * A stream that stays open for the library when its reader has had enough: it takes data for a
   * closed one as a breach of the protocol, and ends the whole connection.
   */
  static final class Kept extends FilterInputStream {
    Kept(InputStream in) {
      super(in);
    }

    /** The library waits for data even where none is asked for. */
    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      return length == 0 ? 0 : super.read(into, from, length);
    }

    @Override
    public void close() {}
  }
}
