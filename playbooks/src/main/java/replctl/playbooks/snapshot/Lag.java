package replctl.playbooks.snapshot;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far behind the leader a follower is, and why. What is not known is empty, never zero.
 *
 * @param bytes written by the leader and not yet applied here
 * @param received written by the leader and not yet received here, in bytes
 * @param time age of the oldest change that is not applied yet
 * @param why a sentence, where there is a cause to name
 */
public record Lag(
    OptionalLong bytes,
    OptionalLong received,
    Optional<Duration> time,
    Cause cause,
    Optional<String> why) {
  /** Nothing is known. */
  public static final Lag UNKNOWN =
      new Lag(
          OptionalLong.empty(),
          OptionalLong.empty(),
          Optional.empty(),
          Cause.UNKNOWN,
          Optional.empty());

  /** What holds a follower back. */
  public enum Cause {
    NONE,
    /** Sent by the leader late, or received late: the link. */
    LINK,
    /** Received and not applied: processor, disk, or one large transaction. */
    APPLY,
    /** A query on the follower holds replay. */
    QUERY,
    /** Replay was paused by somebody. */
    PAUSED,
    /** The delay that the inventory asks for. */
    DELAY,
    /** It does not stream at all. */
    NOT_STREAMING,
    UNKNOWN
  }
}
