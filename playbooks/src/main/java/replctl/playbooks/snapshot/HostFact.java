package replctl.playbooks.snapshot;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import replctl.playbooks.world.Facts;

/**
 * Facts that every engine's survey finds under the same names, so that they are judged in one
 * place.
 */
public final class HostFact {
  /** The host's wall clock, in ms since 1970, read while the question was answered. */
  public static final String CLOCK = "clock_ms";

  /** The operator's wall clock, in ms since 1970, before the question was sent. */
  public static final String ASKED = "asked_ms";

  /** The operator's wall clock, in ms since 1970, after the answer had come. */
  public static final String ANSWERED = "answered_ms";

  /**
   * How many file systems' facts follow, as {@code disk.N.} and {@code use}, {@code path}, {@code
   * mount}, {@code total}, {@code used}, {@code free} (bytes), N from 1.
   */
  public static final String DISKS = "disk.count";

  /** The end of the server's certificate, in ms since 1970. */
  public static final String CERTIFICATE_END = "certificate.end_ms";

  /** Why the server's presence is what it is: a sentence. */
  public static final String PRESENCE_WHY = "presence_why";

  /** What the start block's marker says: epoch and operation; absent where there is none. */
  public static final String FENCED = "fenced";

  /** Whether the start guard's files are there; said only where a unit starts the server. */
  public static final String GUARD_PLACED = "guard.placed";

  /** Why the start guard keeps the server closed, while it does: a sentence. */
  public static final String GUARD_WAITS = "guard.waits";

  /** Whether its unit is started at a boot, and whether it can be started at all. */
  public static final String UNIT_ENABLED = "unit_enabled";

  /** Yes: the unit is masked. */
  public static final String UNIT_MASKED = "unit_masked";

  /**
   * What facts of a checkup begin with that say why something could not be found out: then it is
   * not known, and not well. The facts of a checkup are those of look/checkup.sh.
   */
  public static final String UNASKED = "unasked.";

  /** The last instant that a certificate can name: the end of the year 9999. */
  private static final long LAST_MS = 253_402_300_799_000L;

  private HostFact() {}

  /** When the server's certificate ends; empty where it has none that could be read. */
  public static Optional<Instant> certificateEnd(Facts facts) {
    return instant(facts, CERTIFICATE_END);
  }

  /** An instant in ms since 1970; empty where the fact is none that a certificate can name. */
  public static Optional<Instant> instant(Facts facts, String name) {
    OptionalLong end = facts.number(name);
    return end.isPresent() && end.getAsLong() >= 0 && end.getAsLong() <= LAST_MS
        ? Optional.of(Instant.ofEpochMilli(end.getAsLong()))
        : Optional.empty();
  }
}
