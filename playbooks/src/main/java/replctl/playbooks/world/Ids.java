package replctl.playbooks.world;

import java.time.Instant;

/** Names that were never used before. */
public interface Ids {
  /** A new operation's name: {@code op-} and at least 8 characters that sort by time. */
  String operation();

  /**
   * A name that sorts before those that are given from an instant on, and behind the older ones; or
   * one before all, where names don't tell their time.
   */
  default String before(Instant at) {
    return "op-";
  }
}
