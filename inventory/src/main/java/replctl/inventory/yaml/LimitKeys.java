package replctl.inventory.yaml;

import java.time.Duration;
import java.util.OptionalLong;
import replctl.inventory.Limits;
import replctl.inventory.Size;

/** The section {@code limits}. */
final class LimitKeys {
  static final Key<Integer> LAG_SECONDS =
      Key.optional(
              "lag_seconds",
              new WholeType("seconds", 1, 604_800),
              "Seconds behind from which a follower is not healthy.")
          .otherwise("30");
  static final Key<Size> LAG_BYTES =
      Key.optional(
              "lag_bytes",
              new TextType<>(new SizeForm()),
              "Bytes behind from which a follower is not healthy.")
          .otherwise("100MiB");
  static final Key<Integer> DISK_PERCENT =
      Key.optional(
              "disk_percent",
              new WholeType("a percentage", 1, 100),
              "Use of the data's file system from which a node is not healthy.")
          .otherwise("80");
  static final Key<OptionalLong> MAX_LOSS =
      Key.optional(
              "max_loss",
              new TextType<>(new MaxLossForm()),
              "Acknowledged writes that a failover may lose, in bytes of log.")
          .otherwise("0");

  static final Section SECTION =
      Section.of("limits", LAG_SECONDS, LAG_BYTES, DISK_PERCENT, MAX_LOSS);

  private LimitKeys() {}

  static Limits of(Fields fields) {
    Limits base = Limits.DEFAULTS;
    return new Limits(
        fields.get(LAG_SECONDS).map(Duration::ofSeconds).orElse(base.lag()),
        fields.get(LAG_BYTES).orElse(base.lagBytes()),
        fields.get(DISK_PERCENT).orElse(base.diskPercent()),
        fields.get(MAX_LOSS).orElse(base.maxLossBytes()));
  }
}
