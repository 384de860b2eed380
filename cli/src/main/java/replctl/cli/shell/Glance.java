package replctl.cli.shell;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import replctl.cli.wiring.Session;
import replctl.inventory.Cluster;
import replctl.playbooks.observe.LiveLook;
import replctl.playbooks.snapshot.Snapshot;

/**
 * Looks at the cluster in use in the background, again and again, over connections that stay open:
 * what the prompt, completion and what happens are made of. It never writes.
 */
final class Glance implements AutoCloseable {
  /** From look to look; hosts themselves are surveyed every ten seconds. */
  static final Duration EVERY = Duration.ofSeconds(3);

  /** What it tells. */
  interface Watcher {
    /** There is another look. */
    void seen(Cluster cluster, Optional<Snapshot> before, Snapshot now);

    /** Time went by; called also where a look does not end. */
    void tick();
  }

  /**
   * A look, and when it was taken.
   *
   * @param nanos by a clock that only grows
   */
  record Last(Cluster cluster, Snapshot seen, long nanos) {}

  private final Supplier<Session> open;
  private final Duration perNode;
  private final LongSupplier nanos;
  private final Watcher watcher;
  private final ScheduledExecutorService work;
  private volatile Optional<Session> session = Optional.empty();
  private volatile Optional<Last> last = Optional.empty();
  private Optional<LiveLook> live = Optional.empty();
  private boolean closed;

  /**
   * @param open opens the cluster; throws where it can't
   * @param perNode how long each node may take
   */
  Glance(Supplier<Session> open, Duration perNode, LongSupplier nanos, Watcher watcher) {
    this.open = open;
    this.perNode = perNode;
    this.nanos = nanos;
    this.watcher = watcher;
    this.work =
        new ScheduledThreadPoolExecutor(
            2,
            job -> {
              Thread thread = new Thread(job, "replctl-glance");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Begins. */
  void begin() {
    var unusedLooks =
        work.scheduleWithFixedDelay(this::look, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    var unusedTicks = work.scheduleAtFixedRate(watcher::tick, 1, 1, TimeUnit.SECONDS);
  }

  /** The last look. */
  Optional<Last> last() {
    return last;
  }

  /** The cluster, opened. */
  Optional<Session> session() {
    return session;
  }

  /** One more look; where anything is in its way, what is known grows old, which is shown. */
  void look() {
    try {
      Session opened = opened();
      Snapshot seen = live.orElseThrow().look(perNode);
      if (isClosed()) {
        // Cut off in its middle: what it did not see says nothing.
        return;
      }
      Optional<Snapshot> before = last.map(Last::seen);
      last = Optional.of(new Last(opened.cluster(), seen, nanos.getAsLong()));
      watcher.seen(opened.cluster(), before, seen);
    } catch (RuntimeException problem) {
      // The verbs say what is wrong, in words; an age in the prompt says that something is.
      live = session.map(Session::live);
    }
  }

  private synchronized Session opened() {
    if (session.isEmpty() && !closed) {
      session = Optional.of(open.get());
      live = session.map(Session::live);
    }
    return session.orElseThrow();
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    work.shutdownNow();
    synchronized (this) {
      closed = true;
    }
    session.ifPresent(Session::close);
  }
}
