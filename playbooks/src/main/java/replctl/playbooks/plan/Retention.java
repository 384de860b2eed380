package replctl.playbooks.plan;

import java.time.Duration;
import java.time.Instant;
import replctl.playbooks.world.Ids;

/**
 * Which journals may go, on the operator's host and on the cluster's: of operations that are over,
 * that began long ago, and that many began after. Nothing is decided by these: an operation that a
 * host still holds open is known to be over by the newer promises of the others.
 *
 * @param newest so many stay, however old they are
 * @param before the names of those that are old enough sort before this one
 */
public record Retention(int newest, String before) {
  /** Some 14 MiB of usual ones. */
  private static final int NEWEST = 500;

  /** Whoever asks once a year what happened finds it. */
  private static final Duration LASTING = Duration.ofDays(400);

  /** What holds everywhere. */
  public static Retention usual(Ids ids, Instant now) {
    return new Retention(NEWEST, ids.before(now.minus(LASTING)));
  }

  /** Whether an operation is old enough. */
  public boolean isOld(String operation) {
    return operation.compareTo(before) < 0;
  }
}
