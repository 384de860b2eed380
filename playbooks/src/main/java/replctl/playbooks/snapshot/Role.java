package replctl.playbooks.snapshot;

/** What a server is, by its own word. */
public enum Role {
  /** It takes writes. */
  LEADER,
  /** It follows, or would follow when started. */
  FOLLOWER,
  /** It would take writes if it were started or opened, and is stopped or closed. */
  CLOSED_LEADER,
  UNKNOWN
}
