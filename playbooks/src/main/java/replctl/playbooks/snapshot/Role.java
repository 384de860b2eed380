package replctl.playbooks.snapshot;

/** What a server is, by its own word. */
public enum Role {
  /** It takes writes. */
  LEADER,
  /** It follows, or would follow when started. */
  FOLLOWER,
  /** It would take writes when started, and is stopped. */
  STOPPED_LEADER,
  UNKNOWN
}
