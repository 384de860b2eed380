package replctl.playbooks.epoch;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * When an operation may be taken from the process that ran it. A mistake does no harm: whoever is
 * taken over is refused on every host from then on.
 *
 * @param lasting how long it must have done nothing on any host
 * @param isGone whether a holder, as the hosts know it, is seen to have ended: then it need not
 *     have been silent
 */
public record Silence(Duration lasting, Predicate<String> isGone) {
  /** Nothing waits: whoever asks has typed that it is to be taken. */
  public static final Silence NONE = of(Duration.ZERO);

  /** Of that length, where nothing is known of any process. */
  public static Silence of(Duration lasting) {
    return new Silence(lasting, holder -> false);
  }
}
