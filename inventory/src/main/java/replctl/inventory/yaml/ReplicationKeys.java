package replctl.inventory.yaml;

import java.time.Duration;
import java.util.List;
import replctl.inventory.Replication;
import replctl.inventory.Size;

/** The section {@code replication}. */
final class ReplicationKeys {
  static final Key<Replication.Mode> MODE =
      Key.optional(
              "mode",
              new WordType<>(List.of(Replication.Mode.values())),
              "Where an acknowledged write is: on the leader; flushed by acks followers too; or"
                  + " applied by every follower.")
          .otherwise("semi-sync");
  static final Key<Integer> ACKS =
      Key.optional(
              "acks",
              new WholeType("a number of followers", 1, 99),
              "How many followers must acknowledge a write, in mode semi-sync.")
          .otherwise("1");
  static final Key<Replication.OnLostSync> ON_LOST_SYNC =
      Key.optional(
              "on_lost_sync",
              WordType.of(Replication.OnLostSync.BLOCK, Replication.OnLostSync.DEGRADE),
              "Where too few followers are left to acknowledge: writes wait, or fewer are asked.")
          .otherwise("block");
  static final Key<Duration> DEGRADE_AFTER =
      Key.optional(
              "degrade_after",
              new TextType<>(new DurationForm()),
              "How long writes wait before fewer acks are asked, with degrade.")
          .otherwise("10s");
  static final Key<Size> CLONE_RATE =
      Key.optional(
              "clone_rate", new TextType<>(new SizeForm()), "What a clone may read in a second.")
          .otherwise("no limit");

  static final Section SECTION =
      Section.of("replication", MODE, ACKS, ON_LOST_SYNC, DEGRADE_AFTER, CLONE_RATE);

  private ReplicationKeys() {}

  static Replication of(Fields fields) {
    Replication base = Replication.DEFAULTS;
    return new Replication(
        fields.get(MODE).orElse(base.mode()),
        fields.get(ACKS).orElse(base.acks()),
        fields.get(ON_LOST_SYNC).orElse(base.onLostSync()),
        fields.get(DEGRADE_AFTER).orElse(base.degradeAfter()),
        fields.get(CLONE_RATE).map(Size::bytes).orElse(base.cloneRate()));
  }
}
