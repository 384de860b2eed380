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
  /** Longer ago than a busy machine takes to ask after it has begun: it says nothing of now. */
  private static final Duration NEWS = Duration.ofMinutes(1);

  private final Hop hop;
  private final Optional<Link> via;
  private final Duration remembered;
  private final Gates gates;
  private final Dialler dialler;
  private final Threads threads;
  private final Clock clock;
  private CompletableFuture<SshConnection> attempt = new CompletableFuture<>();
  private Optional<Turns.Turn> turn = Optional.empty();
  private boolean begun;
  private boolean untold;
  private long begunNanos;
  private boolean closed;

  /**
   * What connecting waits for besides the host.
   *
   * @param host how many connect to it at the same time
   * @param turns when this machine may compute for one of them
   */
  record Gates(Semaphore host, Turns turns) {}

  /**
   * @param via the host before it on the way
   * @param remembered how long from its beginning an attempt that failed is the answer for all who
   *     ask: those behind one jump host do so at different times
   */
  Link(
      Hop hop,
      Optional<Link> via,
      Duration remembered,
      Gates gates,
      Dialler dialler,
      Threads threads,
      Clock clock) {
    this.hop = hop;
    this.via = via;
    this.remembered = remembered;
    this.gates = gates;
    this.dialler = dialler;
    this.threads = threads;
    this.clock = clock;
  }

  /**
   * Begins to connect where nobody has yet, and does not wait. What comes of it is told to the next
   * one who asks, also where it was in vain: nobody is dialled once to warm up and then again.
   */
  synchronized void begin() {
    if (!closed && !begun) {
      CompletableFuture<SshConnection> unused = dial();
      untold = true;
    }
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
      throw late(late);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new NoContact(Trouble.OVERDUE, hop.words() + ": it was not waited for", stop);
    }
  }

  private synchronized NoContact late(TimeoutException late) {
    return turn.filter(Turns.Turn::isAwaited).isPresent()
        ? new NoContact(
            Trouble.OVERDUE,
            hop.words()
                + " answers, and this host has more logins to do than it could in time: a longer"
                + " --timeout helps",
            late)
        : new NoContact(Trouble.UNREACHABLE, hop.words() + " was not reached in time", late);
  }

  private synchronized CompletableFuture<SshConnection> attempt() throws NoContact {
    if (closed) {
      throw new NoContact(Trouble.CUT, "the connection to " + hop.words() + " is closed");
    }
    boolean news = untold && attempt.isCompletedExceptionally() && isYoung(NEWS);
    untold = false;
    if (begun && (!attempt.isDone() || !lost(attempt) || news || isRemembered())) {
      return attempt;
    }
    return dial();
  }

  private boolean isRemembered() {
    return attempt.isCompletedExceptionally() && isYoung(remembered);
  }

  private boolean isYoung(Duration age) {
    return clock.nanos() - begunNanos < age.toNanos();
  }

  private CompletableFuture<SshConnection> dial() {
    begun = true;
    begunNanos = clock.nanos();
    CompletableFuture<SshConnection> made = new CompletableFuture<>();
    Turns.Turn ours = gates.turns().turn();
    attempt = made;
    turn = Optional.of(ours);
    threads.execute(() -> connect(made, ours));
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

  private void connect(CompletableFuture<SshConnection> made, Turns.Turn ours) {
    try {
      SshConnection connection = connected(ours);
      if (!made.complete(connection)) {
        connection.close();
      }
    } catch (NoContact | RuntimeException failed) {
      made.completeExceptionally(failed);
    }
  }

  private SshConnection connected(Turns.Turn ours) throws NoContact {
    Optional<SshConnection> before = Optional.empty();
    if (via.isPresent()) {
      before = Optional.of(via.get().get(clock.in(dialler.limit(via.get().hop))));
    }
    try {
      gates.host().acquire();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new NoContact(Trouble.CUT, "the connection to " + hop.words() + " is closed", stop);
    }
    try {
      return dialler.dial(hop, before, ours);
    } finally {
      gates.host().release();
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
