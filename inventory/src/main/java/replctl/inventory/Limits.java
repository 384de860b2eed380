package replctl.inventory;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * Thresholds of health and of safety.
 *
 * @param lag seconds behind from which a follower is not healthy
 * @param lagBytes bytes behind from which a follower is not healthy
 * @param diskPercent use of the data's file system from which a node is not healthy
 * @param maxLossBytes bytes of acknowledged writes that a failover may lose; empty: any
 */
public record Limits(Duration lag, Size lagBytes, int diskPercent, OptionalLong maxLossBytes) {
  /** product.md's: 30 s, 100 MiB, 80 %, no loss. */
  public static final Limits DEFAULTS =
      new Limits(Duration.ofSeconds(30), Size.mebibytes(100), 80, OptionalLong.of(0));
}
