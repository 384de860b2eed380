package replctl.playbooks.sim;

import java.time.Instant;
import replctl.playbooks.world.Clock;
import replctl.playbooks.world.Deadline;

/**
 * The operator's clock. Work that a fan-out does at the same time is done here one after the other;
 * each piece then sees a clock of its own, which lies {@code ahead} of the world's (or behind it,
 * when its turn came late).
 */
final class SimClock implements Clock {
  private static final Instant BEGIN = Instant.parse("2026-11-24T03:00:00Z");
  private final SimTime time;
  private long ahead;
  private long jumped;

  SimClock(SimTime time) {
    this.time = time;
  }

  @Override
  public long nanos() {
    return time.now() + ahead;
  }

  @Override
  public Instant now() {
    return BEGIN.plusNanos(nanos() + jumped);
  }

  /** From now on it tells another time: by how many ns; durations are as they were. */
  void jumps(long nanos) {
    jumped += nanos;
  }

  /** The world's time at which a deadline of this clock ends. */
  long worldTime(Deadline by) {
    return by.atNanos() - ahead;
  }

  long ahead() {
    return ahead;
  }

  void ahead(long nanos) {
    ahead = nanos;
  }
}
