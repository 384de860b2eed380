package replctl.playbooks.journal;

import replctl.inventory.ClusterName;

/**
 * A journal can't be understood, so that it is not known whether its operation is over. The message
 * says which one, in which line and why.
 */
public final class UnreadableJournal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String file;

  UnreadableJournal(ClusterName cluster, String op, int line, String why, Throwable cause) {
    super("the journal of " + op + " of " + cluster + ", line " + line + ": " + why, cause);
    this.file = "operations/" + cluster + "/" + op + ".jsonl";
  }

  /** Where it is in the operator's state folder. */
  public String file() {
    return file;
  }
}
