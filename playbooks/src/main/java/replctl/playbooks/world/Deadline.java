package replctl.playbooks.world;

import java.time.Duration;

/**
 * The moment at which a wait ends, whatever has happened by then.
 *
 * @param atNanos on the scale of {@link Clock#nanos}
 */
public record Deadline(long atNanos) {
  /** That much earlier. */
  public Deadline earlierBy(Duration time) {
    return new Deadline(atNanos - time.toNanos());
  }

  /** The earlier of the two. */
  public Deadline orEarlier(Deadline other) {
    return atNanos - other.atNanos <= 0 ? this : other;
  }
}
