package replctl.playbooks.real.sql;

import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.postgresql.Driver;
import replctl.inventory.NodeName;
import replctl.playbooks.real.keep.UnreadableSecret;
import replctl.playbooks.real.protocol.ScriptFiles;
import replctl.playbooks.real.shell.Tcp;
import replctl.playbooks.real.shell.Threads;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Clock;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Query;
import replctl.playbooks.world.Sql;
import replctl.playbooks.world.Trouble;

/**
 * Reads from PostgreSQL. One connection a node, opened when first wanted and kept; the driver is
 * called directly, so that no other driver is loaded.
 */
public final class PostgresqlSql implements Sql, AutoCloseable {
  /** Rows of one answer: a leader with a hundred followers has some 2000. */
  private static final int MOST_ROWS = 10_000;

  private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_.]{0,99}");

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

  /** TCP alone; the driver's login has its own limit. */
  private static final Duration CONNECTING = Duration.ofSeconds(2);

  /** All of a login, on a machine that is busy; the question's own deadline is usually shorter. */
  private static final Duration LOGIN = Duration.ofSeconds(6);

  private final Function<NodeName, Target> targets;
  private final Threads threads;
  private final Clock clock;
  private final Map<NodeName, Line> lines = new ConcurrentHashMap<>();

  /**
   * @param targets how a node's server is reached
   */
  public PostgresqlSql(Function<NodeName, Target> targets, Threads threads, Clock clock) {
    this.targets = targets;
    this.threads = threads;
    this.clock = clock;
  }

  @Override
  public Answer read(NodeName node, Query query, Deadline by) {
    return read(node, ScriptFiles.text(query), by);
  }

  /** Asks a text. */
  Answer read(NodeName node, String query, Deadline by) {
    Line line = lines.computeIfAbsent(node, name -> new Line(targets.apply(name)));
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    threads.execute(
        () -> {
          try {
            answer.complete(line.read(query, by));
          } catch (RuntimeException thrown) {
            answer.completeExceptionally(thrown);
          }
        });
    try {
      return answer.get(clock.left(by).toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      line.drop();
      return Answer.unknown(Trouble.OVERDUE, line.target.label() + ": no answer in time");
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      line.drop();
      return Answer.unknown(Trouble.OVERDUE, line.target.label() + ": it was not waited for");
    } catch (ExecutionException thrown) {
      if (thrown.getCause() instanceof RuntimeException own) {
        throw own;
      }
      throw new IllegalStateException(thrown.getCause());
    }
  }

  @Override
  public void close() {
    lines.values().forEach(Line::close);
    lines.clear();
  }

  /** The connection to one node. */
  private final class Line implements AutoCloseable {
    private final Target target;
    private final String way;
    private volatile Deadline by = new Deadline(0);
    private volatile Connection open;

    private Line(Target target) {
      this.target = target;
      this.way =
          ReadySockets.keep(
              target.tunnel().isPresent()
                  ? () -> new TunnelSocket(target.tunnel().get().connect(target.port(), by))
                  : () -> Tcp.connect(target.host(), target.port(), target.host(), limit()));
    }

    private Duration limit() {
      Duration left = clock.left(by);
      return left.compareTo(CONNECTING) < 0 ? left : CONNECTING;
    }

    private synchronized Answer read(String query, Deadline until) {
      by = until;
      if (target.tunnel().isEmpty() && !Files.isReadable(target.authority())) {
        return Answer.unknown(
            Trouble.HOST_KEY,
            target.label()
                + ": no certificate of an authority can be read in "
                + target.authority()
                + " to know the server by");
      }
      try {
        Connection connection = connection();
        connection.setNetworkTimeout(Runnable::run, millis(until));
        try (PreparedStatement statement = connection.prepareStatement(query)) {
          statement.setMaxRows(MOST_ROWS);
          try (ResultSet rows = statement.executeQuery()) {
            return new Answer.Done(facts(rows));
          }
        }
      } catch (SQLException failed) {
        if (!SqlFailure.keepsConnection(failed)) {
          drop();
        }
        return SqlFailure.of(target.label(), failed);
      } catch (UnreadableSecret secret) {
        return Answer.unknown(Trouble.LOGIN, target.label() + ": " + secret.getMessage());
      }
    }

    private int millis(Deadline until) {
      return (int) Math.max(1, Math.min(Integer.MAX_VALUE, clock.left(until).toMillis()));
    }

    private Connection connection() throws SQLException {
      Connection kept = open;
      if (kept != null && !kept.isClosed()) {
        return kept;
      }
      Connection made = new Driver().connect(url(), properties());
      if (made == null) {
        throw new SQLException("the driver does not know its own address");
      }
      open = made;
      return made;
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
      Properties all = new Properties();
      all.setProperty("user", target.user());
      all.setProperty("password", target.password().get().reveal());
      all.setProperty("socketFactory", ReadySockets.class.getName());
      all.setProperty("socketFactoryArg", way);
      all.setProperty("ApplicationName", "replctl");
      all.setProperty("connectTimeout", "2");
      all.setProperty(
          "loginTimeout", Long.toString(Math.min(LOGIN.toSeconds(), left().toSeconds())));
      all.setProperty("socketTimeout", Long.toString(Math.max(1, left().toSeconds())));
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

    private Duration left() {
      return clock.left(by).plusMillis(999);
    }

    /** Ends the connection without waiting; a read that hangs in it ends too. */
    private void drop() {
      Connection dropped = open;
      open = null;
      if (dropped != null) {
        try {
          dropped.abort(threads);
        } catch (SQLException ended) {
          // Then it is gone.
        }
      }
    }

    @Override
    public void close() {
      drop();
      ReadySockets.forget(way);
    }
  }

  private static Facts facts(ResultSet rows) throws SQLException {
    Map<String, String> found = new TreeMap<>();
    while (rows.next()) {
      String key = rows.getString(1);
      String text = rows.getString(2);
      if (key != null && text != null && KEY.matcher(key).matches()) {
        found.put(key, text);
      }
    }
    return Facts.of(found);
  }
}
