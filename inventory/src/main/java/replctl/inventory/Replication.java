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
  /** What an acknowledged write means. */
  public enum Mode {
    ASYNC("async"),
    SEMI_SYNC("semi-sync"),
    SYNC("sync");

    private final String word;

    Mode(String word) {
      this.word = word;
    }

    /** The word used in the inventory and in every output. */
    public String word() {
      return word;
    }
  }

  /** What happens to writes when too few followers are left to acknowledge. */
  public enum OnLostSync {
    /** Writes wait; nothing is lost. */
    BLOCK,
    /** After a stated time fewer acks are asked. */
    DEGRADE
  }
}
