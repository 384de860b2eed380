package replctl.playbooks.real.ssh;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import replctl.playbooks.real.shell.NoContact;
import replctl.playbooks.real.shell.Threads;
import replctl.playbooks.world.Clock;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Trouble;

/**
 * The connection to one host: opened when first wanted, by one attempt however many wait for it,
 * and opened again when it was lost.
 */
final class Link {
  private final Hop hop;
  private final Optional<Link> via;
  private final Semaphore gate;
  private final Dialler dialler;
  private final Threads threads;
  private final Clock clock;
  private CompletableFuture<SshConnection> attempt = new CompletableFuture<>();
  private boolean begun;
  private long begunNanos;
  private boolean closed;

  /**
   * @param via the host before it on the way
   * @param gate how many connect at the same time to this host, or through the one before it
   */
  Link(Hop hop, Optional<Link> via, Semaphore gate, Dialler dialler, Threads threads, Clock clock) {
    this.hop = hop;
    this.via = via;
    this.gate = gate;
    this.dialler = dialler;
    this.threads = threads;
    this.clock = clock;
  }

  /** The connection, once it is there. */
  SshConnection get(Deadline by) throws NoContact {
    try {
      return attempt().get(clock.left(by).toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof NoContact why) {
        throw new NoContact(why.trouble(), why.getMessage(), why);
      }
      // Whatever a library threw: nothing was sent, and one host is not the end of the whole verb.
      throw new NoContact(
          Trouble.CUT, hop.words() + " could not be reached: " + failed.getCause(), failed);
    } catch (TimeoutException late) {
      throw new NoContact(Trouble.UNREACHABLE, hop.words() + " was not reached in time", late);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new NoContact(Trouble.OVERDUE, hop.words() + ": it was not waited for", stop);
    }
  }

  private synchronized CompletableFuture<SshConnection> attempt() throws NoContact {
    if (closed) {
      throw new NoContact(Trouble.CUT, "the connection to " + hop.words() + " is closed");
    }
    if (begun && !(attempt.isDone() && lost(attempt))) {
      return attempt;
    }
    begun = true;
    begunNanos = clock.nanos();
    CompletableFuture<SshConnection> made = new CompletableFuture<>();
    attempt = made;
    threads.execute(() -> connect(made));
    return made;
  }

  /** How long the attempt that is under way has lasted; zero where none is. */
  synchronized Duration waited() {
    return begun && !attempt.isDone()
        ? Duration.ofNanos(clock.nanos() - begunNanos)
        : Duration.ZERO;
  }

  private static boolean lost(CompletableFuture<SshConnection> done) {
    return done.isCompletedExceptionally() || !done.join().alive();
  }

  private void connect(CompletableFuture<SshConnection> made) {
    try {
      SshConnection connection = connected();
      if (!made.complete(connection)) {
        connection.close();
      }
    } catch (NoContact | RuntimeException failed) {
      made.completeExceptionally(failed);
    }
  }

  private SshConnection connected() throws NoContact {
    Optional<SshConnection> before = Optional.empty();
    if (via.isPresent()) {
      before = Optional.of(via.get().get(clock.in(dialler.limit(via.get().hop))));
    }
    try {
      gate.acquire();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new NoContact(Trouble.CUT, "the connection to " + hop.words() + " is closed", stop);
    }
    try {
      return dialler.dial(hop, before);
    } finally {
      gate.release();
    }
  }

  /** Ends the connection without waiting for its host. */
  synchronized void close() {
    closed = true;
    CompletableFuture<SshConnection> ended = attempt;
    if (!ended.completeExceptionally(
            new NoContact(Trouble.CUT, "the connection to " + hop.words() + " is closed"))
        && !ended.isCompletedExceptionally()) {
      threads.execute(() -> ended.join().close());
    }
  }
}
