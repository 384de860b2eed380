package replctl.playbooks.world;

/** Names that were never used before. */
public interface Ids {
  /** A new operation's name: {@code op-} and at least 8 characters that sort by time. */
  String operation();
}
