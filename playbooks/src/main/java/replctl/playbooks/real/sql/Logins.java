package replctl.playbooks.real.sql;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.postgresql.Driver;

/**
 * Logs in to one node's server. The driver is called directly, so that no other driver is loaded.
 */
final class Logins implements DataSource {
  /** Bytes of one answer: a row of the catalog has far less. */
  private static final String MOST_BYTES = "4M";

  /**
   * Nothing can be written, nothing waits for long, names are the server's own, and a server that
   * floods its client with notices is not heard.
   */
  private static final String SESSION =
      "-c default_transaction_read_only=on -c statement_timeout=10s -c lock_timeout=2s"
          + " -c search_path=pg_catalog -c client_min_messages=error -c jit=off";

  /** The driver's own words would go to standard error; kept, or the setting is forgotten. */
  private static final Logger DRIVER = Logger.getLogger("org.postgresql");

  static {
    DRIVER.setLevel(Level.OFF);
  }

  /** All of a login, on a machine that is busy; the question's own deadline is usually shorter. */
  private static final Duration LOGIN = Duration.ofSeconds(6);

  private final Target target;
  private final String way;
  private final Supplier<Duration> left;
  private final AtomicReference<Connection> ready = new AtomicReference<>();
  private final Set<Connection> made = ConcurrentHashMap.newKeySet();

  /**
   * @param way the word by which the driver gets its sockets
   * @param left how long the question that a connection is wanted for may still take
   */
  Logins(Target target, String way, Supplier<Duration> left) {
    this.target = target;
    this.way = way;
    this.left = left;
  }

  /** Logs in now; whoever wants a connection next gets this one. */
  void begin() throws SQLException {
    ready.set(open());
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection waiting = ready.getAndSet(null);
    return waiting == null ? open() : waiting;
  }

  private Connection open() throws SQLException {
    Connection opened = new Driver().connect(url(), properties());
    if (opened == null) {
      throw new SQLException("the driver does not know its own address");
    }
    made.removeIf(Logins::isClosed);
    made.add(opened);
    return opened;
  }

  /** Ends all of them without waiting; a read that hangs in one ends too. */
  void end(Executor threads) {
    for (Connection one : made) {
      try {
        one.abort(threads);
      } catch (SQLException ended) {
        // Then it is gone.
      }
    }
  }

  private static boolean isClosed(Connection one) {
    try {
      return one.isClosed();
    } catch (SQLException unknown) {
      return false;
    }
  }

  private String url() {
    String host = target.tunnel().isPresent() ? "127.0.0.1" : target.host();
    return "jdbc:postgresql://"
        + (host.indexOf(':') >= 0 ? "[" + host + "]" : host)
        + ":"
        + target.port()
        + "/postgres";
  }

  private Properties properties() {
    long seconds = Math.max(1, left.get().plusMillis(999).toSeconds());
    Properties all = new Properties();
    all.setProperty("user", target.user());
    all.setProperty("password", target.password().get().reveal());
    all.setProperty("socketFactory", ReadySockets.class.getName());
    all.setProperty("socketFactoryArg", way);
    all.setProperty("ApplicationName", "replctl");
    all.setProperty("connectTimeout", "2");
    all.setProperty("loginTimeout", Long.toString(Math.min(LOGIN.toSeconds(), seconds)));
    all.setProperty("socketTimeout", Long.toString(seconds));
    all.setProperty("cancelSignalTimeout", "2");
    all.setProperty("tcpKeepAlive", "true");
    all.setProperty("gssEncMode", "disable");
    all.setProperty("assumeMinServerVersion", "13");
    all.setProperty("binaryTransfer", "false");
    // The same question comes again and again: the server plans it once.
    all.setProperty("prepareThreshold", "1");
    all.setProperty("maxResultBuffer", MOST_BYTES);
    all.setProperty("options", SESSION);
    if (target.tunnel().isPresent()) {
      // SSH protects what goes to the host, and nothing leaves it.
      all.setProperty("sslmode", "disable");
    } else {
      all.setProperty("sslmode", "verify-full");
      all.setProperty("sslrootcert", target.authority().toString());
    }
    return all;
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the account is the inventory's");
  }

  @Override
  public int getLoginTimeout() {
    return Math.toIntExact(LOGIN.toSeconds());
  }

  @Override
  public void setLoginTimeout(int seconds) {
    // Each login has its own, by the question that it is for.
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    throw new SQLFeatureNotSupportedException("nothing is logged");
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    throw new SQLFeatureNotSupportedException("nothing is logged");
  }

  @Override
  public Logger getParentLogger() {
    return DRIVER;
  }

  @Override
  public <T> T unwrap(Class<T> kind) throws SQLException {
    throw new SQLFeatureNotSupportedException("there is nothing below");
  }

  @Override
  public boolean isWrapperFor(Class<?> kind) {
    return false;
  }
}
