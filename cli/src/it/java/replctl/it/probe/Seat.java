package replctl.it.probe;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A node as the probe sits before it: one connection that asks whether it is writable, and one kept
 * warm to write. A thread of its own opens them again whenever they break.
 */
final class Seat implements Runnable {
  /** Between two questions while somebody leads, and while nobody does. */
  private static final long CALM = 50_000_000;

  private static final long HUNTING = 4_000_000;

  private final String name;
  private final String url;
  private final Properties login;
  private final BooleanSupplier hunting;
  private final Windows windows = new Windows();
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile boolean writable;
  private volatile Connection writer;

  /**
   * @param hunting whether the probe has nobody to write to
   */
  Seat(String name, String url, Properties login, BooleanSupplier hunting) {
    this.name = name;
    this.url = url;
    this.login = login;
    this.hunting = hunting;
  }

  String name() {
    return name;
  }

  Windows windows() {
    return windows;
  }

  boolean isWritable() {
    return writable && writer != null;
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url, login);
  }

  /** Commits one row; an exception tells why that is not sure. */
  void write(long id) throws SQLException {
    Connection to = writer;
    if (to == null) {
      throw new SQLException("no connection", "08003");
    }
    try (PreparedStatement insert = to.prepareStatement("insert into probe (id) values (?)")) {
      insert.setLong(1, id);
      insert.executeUpdate();
    }
  }

  /** The last write showed that it takes none. */
  void refused() {
    writable = false;
  }

  /** The last write broke its connection. */
  void broke() {
    writable = false;
    Connection old = writer;
    writer = null;
    close(old);
  }

  void end() {
    ended.set(true);
  }

  @Override
  public void run() {
    while (!ended.get()) {
      try (Connection asks = connect()) {
        ask(asks);
      } catch (SQLException gone) {
        writable = false;
        windows.close();
        pause();
      }
    }
    close(writer);
  }

  private void ask(Connection asks) throws SQLException {
    try (PreparedStatement question =
        asks.prepareStatement(
            "select not pg_is_in_recovery() and current_setting('default_transaction_read_only') = 'off'")) {
      while (!ended.get()) {
        if (writer == null) {
          writer = connect();
        }
        long sent = System.nanoTime();
        boolean yes;
        try (ResultSet answer = question.executeQuery()) {
          yes = answer.next() && answer.getBoolean(1);
        }
        windows.add(sent, System.nanoTime(), yes);
        writable = yes;
        pause();
      }
    }
  }

  private void pause() {
    LockSupport.parkNanos(hunting.getAsBoolean() ? HUNTING : CALM);
  }

  private static void close(Connection old) {
    if (old != null) {
      try {
        old.close();
      } catch (SQLException broken) {
        // It was broken before; nothing is held on this side.
      }
    }
  }
}
