package replctl.it.probe;

import java.util.Set;

/** One session of a client with one server. What goes wrong says whether it had an effect. */
public interface Client extends AutoCloseable {
  /** Whether the server takes writes, by its own word. */
  boolean isWritable() throws Trouble;

  /** Makes the table {@code probe (id bigint primary key)}, unless it is there. */
  void makeTable() throws Trouble;

  /** Commits one row. */
  void insert(long id) throws Trouble;

  /** Whether the table has that row. */
  boolean has(long id) throws Trouble;

  /** The rows of the table, from that number on. */
  Set<Long> numbers(long from) throws Trouble;

  @Override
  void close();

  /** How sessions with one server begin. */
  interface Door {
    Client open() throws Trouble;
  }

  /** A request that was not answered with yes. */
  final class Trouble extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean readOnly;

    Trouble(boolean readOnly, String words, Throwable cause) {
      super(words, cause);
      this.readOnly = readOnly;
    }

    /** The server has refused it, since it takes no writes. Else it may have had its effect. */
    public boolean isReadOnly() {
      return readOnly;
    }
  }
}
