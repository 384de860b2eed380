package replctl.playbooks.real.protocol;

import java.time.Duration;
import java.util.Optional;
import replctl.playbooks.world.Clock;

/**
 * A host's own time, from one word of it. The word was older when it came than when it was said, so
 * what is reckoned from it is early and never late. The clocks are not compared, only their rates.
 *
 * @param uptime in hundredths of a second
 * @param heardAtNanos on this side's clock
 */
record HostTime(long uptime, long heardAtNanos) {
  private static final long NANOS_A_HUNDREDTH = 10_000_000;

  static Optional<HostTime> read(long uptime, Clock clock) {
    return uptime < 0 ? Optional.empty() : Optional.of(new HostTime(uptime, clock.nanos()));
  }

  /**
   * The host's uptime so far from now, or a little earlier: the host cuts off what is less than a
   * hundredth, and would take the hundredth after that moment for the one before.
   */
  long in(Duration ahead, Clock clock) {
    return uptime + (clock.nanos() - heardAtNanos + ahead.toNanos()) / NANOS_A_HUNDREDTH - 1;
  }
}
