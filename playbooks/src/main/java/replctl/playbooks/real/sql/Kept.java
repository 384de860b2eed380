package replctl.playbooks.real.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * One node's connections, kept by a pool: it tries one before it is used after a pause, keeps an
 * idle one alive through firewalls, ends one that nobody used for a minute or that is old, and
 * replaces one that broke.
 */
final class Kept implements AutoCloseable {
  /** One that is used, and one that replaces it while it still ends. */
  private static final int MOST = 2;

  private static final long CONNECT_MILLIS = 2_000;
  private static final long TRY_MILLIS = 1_000;

  private final Logins logins;
  private final HikariDataSource pool;
  private final Executor threads;

  private Kept(Logins logins, HikariDataSource pool, Executor threads) {
    this.logins = logins;
    this.pool = pool;
    this.threads = threads;
  }

  /**
   * Logs in, and keeps that.
   *
   * @param upkeep the one thread that looks after all pools
   * @param made where a pool has its own threads from, when it must replace a connection
   * @param threads where a pool ends: it waits for its connections
   * @throws SQLException the driver's own, as soon as it knows
   */
  static Kept of(
      Logins logins, ScheduledExecutorService upkeep, ThreadFactory made, Executor threads)
      throws SQLException {
    logins.begin();
    HikariConfig how = new HikariConfig();
    how.setDataSource(logins);
    how.setMaximumPoolSize(MOST);
    how.setMinimumIdle(0);
    how.setInitializationFailTimeout(-1);
    how.setConnectionTimeout(CONNECT_MILLIS);
    how.setValidationTimeout(TRY_MILLIS);
    how.setIdleTimeout(TimeUnit.MINUTES.toMillis(1));
    how.setKeepaliveTime(TimeUnit.SECONDS.toMillis(30));
    how.setMaxLifetime(TimeUnit.MINUTES.toMillis(10));
    how.setScheduledExecutor(upkeep);
    how.setThreadFactory(made);
    return new Kept(logins, new HikariDataSource(how), threads);
  }

  /** Whether it has a connection, so that asking for one is not to wait for a login. */
  boolean isOpen() {
    return !pool.isClosed() && pool.getHikariPoolMXBean().getTotalConnections() > 0;
  }

  /**
   * A connection, tried if it was not used just now.
   *
   * @throws SQLException the driver's own, and not the pool's around it
   */
  Connection take() throws SQLException {
    try {
      return pool.getConnection();
    } catch (SQLTransientConnectionException around) {
      if (around.getCause() instanceof SQLException own) {
        throw own;
      }
      throw new SQLTimeoutException("no connection in time", around);
    }
  }

  @Override
  public void close() {
    logins.end(threads);
    threads.execute(pool::close);
  }
}
