package replctl.playbooks.sim.mysql;

import java.util.Set;

/**
 * A transaction, by the name that it keeps on every server.
 *
 * @param source the UUID of the server that made it
 * @param number from 1
 * @param anonymous whether servers know no name of it: it was made while gtid_mode was off
 */
record Txn(String source, int number, Change change, boolean anonymous) {
  /** One with a GTID. */
  Txn(String source, int number, Change change) {
    this(source, number, change, false);
  }

  /** What a transaction does to the data. */
  sealed interface Change {}

  /** A client's write. */
  record Write(long id) implements Change {}

  /** The row of an epoch: replctl.epoch. */
  record Row(long epoch, String leader, String operation, String server, String opened)
      implements Change {}

  /** Which cluster the data is: replctl.identity. */
  record Named(String identity) implements Change {}

  /** An account is there, and may do what it must. */
  record Account(String name) implements Change {}

  /** An account is let in with those passwords from now on. */
  record Passwords(String name, Set<String> letIn) implements Change {
    Passwords {
      letIn = Set.copyOf(letIn);
    }
  }

  /** A transaction with a GTID is written down as the first of them: replctl.identity. */
  record Marker(String gtid) implements Change {}

  /** Nothing that anybody here asks about. */
  record Other() implements Change {}

  @Override
  public String toString() {
    return source + ":" + number;
  }
}
