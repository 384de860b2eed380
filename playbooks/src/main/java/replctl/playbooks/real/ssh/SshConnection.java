package replctl.playbooks.real.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.OpenFailException;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;
import net.schmizz.sshj.connection.channel.direct.Session;
import replctl.playbooks.real.shell.NoContact;
import replctl.playbooks.real.shell.Running;
import replctl.playbooks.real.shell.Stream;
import replctl.playbooks.real.shell.Threads;
import replctl.playbooks.world.Clock;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Trouble;

/** One connection that is logged in; many commands and streams at a time. */
final class SshConnection {
  /** sshd's MaxSessions is 10 by default. */
  private static final int MOST_SESSIONS = 8;

  /** The library's words for a request that the host answered with no. */
  private static final String REQUEST_DENIED = "Request failed";

  private final Hop hop;
  private final SSHClient client;
  private final Semaphore sessions = new Semaphore(MOST_SESSIONS, true);
  private final Threads threads;
  private final Clock clock;

  SshConnection(Hop hop, SSHClient client, Threads threads, Clock clock) {
    this.hop = hop;
    this.client = client;
    this.threads = threads;
    this.clock = clock;
  }

  boolean alive() {
    return client.isConnected() && client.getTransport().isRunning();
  }

  Running start(List<String> words, Deadline by) throws NoContact {
    boolean permitted = false;
    try {
      permitted = sessions.tryAcquire(clock.left(by).toNanos(), TimeUnit.NANOSECONDS);
      if (!permitted) {
        throw new NoContact(
            Trouble.OVERDUE, hop.words() + " has " + MOST_SESSIONS + " commands running already");
      }
      Running started =
          Wait.most(clock.left(by).toNanos(), threads, () -> open(words), Running::close);
      permitted = false;
      return started;
    } catch (ExecutionException failed) {
      throw notStarted(failed.getCause());
    } catch (TimeoutException late) {
      throw new NoContact(Trouble.OVERDUE, hop.words() + " did not start a command in time", late);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new NoContact(Trouble.OVERDUE, hop.words() + ": it was not waited for", stop);
    } finally {
      if (permitted) {
        sessions.release();
      }
    }
  }

  private Running open(List<String> words) throws IOException {
    Session session = client.startSession();
    try {
      return new SshCommand(
          session, session.exec(String.join(" ", words)), threads, clock, sessions::release);
    } catch (IOException | RuntimeException failed) {
      session.close();
      throw failed;
    }
  }

  private NoContact notStarted(Throwable thrown) {
    if (thrown instanceof OpenFailException refused) {
      return new NoContact(
          Trouble.NOT_PERMITTED,
          hop.words() + " opens no session: " + Words.shown(refused.getMessage()),
          thrown);
    }
    String words = Words.of(thrown);
    return words.equals(REQUEST_DENIED)
        ? new NoContact(Trouble.NOT_PERMITTED, hop.words() + " runs no command", thrown)
        : new NoContact(
            Trouble.CUT, "the connection to " + hop.words() + " ended: " + words, thrown);
  }

  /**
   * A stream to a port as the host sees it.
   *
   * @param port of the host named by {@code to}
   * @param reading what its reader gets of what is said there
   */
  DirectConnection direct(String to, int port, Deadline by, UnaryOperator<InputStream> reading)
      throws NoContact {
    try {
      return Wait.most(
          clock.left(by).toNanos(), threads, () -> opened(to, port, reading), late -> end(late));
    } catch (ExecutionException failed) {
      throw notOpened(to + " port " + port, failed.getCause());
    } catch (TimeoutException late) {
      throw new NoContact(
          Trouble.UNREACHABLE, to + " port " + port + " does not answer to " + hop.words(), late);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new NoContact(Trouble.OVERDUE, hop.words() + ": it was not waited for", stop);
    }
  }

  private DirectConnection opened(String to, int port, UnaryOperator<InputStream> reading)
      throws IOException {
    if (!alive()) {
      throw new IOException("it is closed");
    }
    DirectConnection channel =
        new DirectConnection(client.getConnection(), to, port) {
          @Override
          public InputStream getInputStream() {
            return reading.apply(super.getInputStream());
          }
        };
    channel.open();
    return channel;
  }

  /** sshd has one code for every failure to connect: only its words tell them apart. */
  private NoContact notOpened(String to, Throwable thrown) {
    if (!(thrown instanceof OpenFailException refused)) {
      return new NoContact(
          Trouble.CUT, "the connection to " + hop.words() + " ended: " + Words.of(thrown), thrown);
    }
    String words = Words.shown(refused.getMessage());
    if (refused.getReason() != OpenFailException.Reason.CONNECT_FAILED) {
      return new NoContact(
          Trouble.NOT_PERMITTED,
          hop.words()
              + " does not forward to "
              + to
              + ": "
              + words
              + "; its sshd needs AllowTcpForwarding local",
          thrown);
    }
    Trouble trouble =
        words.contains("refused")
            ? Trouble.REFUSED
            : words.contains("not known") || words.contains("resol")
                ? Trouble.NO_ADDRESS
                : Trouble.UNREACHABLE;
    return new NoContact(trouble, hop.words() + " cannot connect to " + to + ": " + words, thrown);
  }

  Stream stream(int port, Deadline by) throws NoContact {
    return new SshStream(direct("127.0.0.1", port, by, UnaryOperator.identity()), this::end);
  }

  private void end(DirectConnection open) {
    threads.execute(
        () -> {
          try {
            open.close();
          } catch (IOException ended) {
            // The connection is gone, and the stream with it.
          }
        });
  }

  /** May block on a host that hangs: the caller does not wait for it. */
  void close() {
    try {
      client.disconnect();
    } catch (IOException ended) {
      // Then it is closed.
    }
  }
}
