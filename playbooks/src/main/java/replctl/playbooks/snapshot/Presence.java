package replctl.playbooks.snapshot;

/** Whether a server is there. */
public enum Presence {
  /** No data folder: nothing was ever set up. */
  ABSENT,
  /** Its data is there and no process has it open. */
  STOPPED,
  /** Processes run, and it does not take connections yet. */
  STARTING,
  /** It is shutting down: it takes no new connections, and what it has open may still commit. */
  STOPPING,
  /** It answers. */
  RUNNING,
  /** Processes run, and a connection or a query gets no answer: it may still be writing. */
  HUNG,
  UNKNOWN
}
