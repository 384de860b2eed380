package replctl.inventory;

import java.time.Duration;

/**
 * The durability that the operator asks for.
 *
 * @param acks how many followers must acknowledge a write, in mode semi-sync
 * @param degradeAfter how long writes wait before fewer acks are asked, with DEGRADE
 * @param cloneRate bytes a second that one clone may read; 0: no limit
 */
public record Replication(
    Mode mode, int acks, OnLostSync onLostSync, Duration degradeAfter, long cloneRate) {
  /** What a cluster gets that says nothing: one ack, and writes that wait rather than risk loss. */
  public static final Replication DEFAULTS =
      new Replication(Mode.SEMI_SYNC, 1, OnLostSync.BLOCK, Duration.ofSeconds(10), 0);

  /** What an acknowledged write means. */
  public enum Mode implements Worded {
    ASYNC("async"),
    SEMI_SYNC("semi-sync"),
    SYNC("sync");

    private final String word;

    Mode(String word) {
      this.word = word;
    }

    @Override
    public String word() {
      return word;
    }
  }

  /** What happens to writes when too few followers are left to acknowledge. */
  public enum OnLostSync implements Worded {
    /** Writes wait; nothing is lost. */
    BLOCK("block"),
    /** After a stated time fewer acks are asked. */
    DEGRADE("degrade");

    private final String word;

    OnLostSync(String word) {
      this.word = word;
    }

    @Override
    public String word() {
      return word;
    }
  }
}
