package replctl.playbooks.world;

import java.time.Duration;
import java.time.Instant;

/** Time, as one host sees it. Safety never compares two hosts' clocks. */
public interface Clock {
  /** Nanoseconds that only ever grow; the zero is arbitrary. */
  long nanos();

  /** The wall clock, for records that people read. */
  Instant now();

  /** The moment that lies this far ahead. */
  default Deadline in(Duration duration) {
    return new Deadline(nanos() + duration.toNanos());
  }

  /** What is left until the deadline; zero when it has passed. */
  default Duration left(Deadline by) {
    return Duration.ofNanos(Math.max(0, by.atNanos() - nanos()));
  }
}
