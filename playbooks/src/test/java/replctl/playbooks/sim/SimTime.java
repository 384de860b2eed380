package replctl.playbooks.sim;

import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/**
 * Virtual time, in nanoseconds, as a queue of events. Between two events nothing happens; after
 * each one the world is looked at.
 */
public final class SimTime {
  /** A millisecond. */
  public static final long MS = 1_000_000L;

  /** A second. */
  public static final long SECOND = 1_000 * MS;

  private record Event(long at, long order, Runnable what) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final PriorityQueue<Event> queue = new PriorityQueue<>();
  private Runnable afterEach = () -> {};
  private long now;
  private long order;

  /** The time since the world began. */
  public long now() {
    return now;
  }

  /** What is done after every event. */
  void afterEach(Runnable look) {
    afterEach = look;
  }

  /** Does something later. */
  public void after(long nanos, Runnable what) {
    queue.add(new Event(now + nanos, order++, what));
  }

  /** Does something again and again. */
  public void every(long nanos, Runnable what) {
    after(
        nanos,
        () -> {
          what.run();
          every(nanos, what);
        });
  }

  /** Lets so much time pass. */
  public void pass(long nanos) {
    pass(now + nanos, () -> false);
  }

  /**
   * Lets time pass until the moment, or until it is enough.
   *
   * @return whether it was enough
   */
  public boolean pass(long until, BooleanSupplier enough) {
    while (!enough.getAsBoolean()) {
      Event next = queue.peek();
      if (next == null || next.at > until) {
        now = Math.max(now, until);
        return false;
      }
      queue.remove();
      now = next.at;
      next.what.run();
      afterEach.run();
    }
    return true;
  }
}
