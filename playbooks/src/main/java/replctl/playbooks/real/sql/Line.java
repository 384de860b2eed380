package replctl.playbooks.real.sql;

import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import replctl.playbooks.real.keep.UnreadableSecret;
import replctl.playbooks.real.shell.Tcp;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Clock;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Trouble;

/**
 * The connections to one node. The first is opened by the driver itself, which says at once why it
 * can't be (a pool only at the end of its own time: measured, 2 s against 1 ms); from then on a
 * pool keeps it, tries it before it is used again, and replaces it when it is old.
 */
final class Line implements AutoCloseable {
  /** Rows of one answer: a leader with a hundred followers has some 2000. */
  private static final int MOST_ROWS = 10_000;

  /** TCP alone; the driver's login has its own limit. */
  private static final Duration CONNECTING = Duration.ofSeconds(2);

  private final Target target;
  private final Executor threads;
  private final Clock clock;
  private final ScheduledExecutorService upkeep;
  private final String way;
  private volatile Deadline by = new Deadline(0);
  private volatile Optional<Kept> kept = Optional.empty();

  /** What an answer's rows say. */
  interface Reading {
    Facts of(ResultSet rows) throws SQLException;
  }

  /**
   * @param threads where connections are ended
   * @param upkeep what all nodes' pools look after their connections with
   */
  Line(Target target, Executor threads, Clock clock, ScheduledExecutorService upkeep) {
    this.target = target;
    this.threads = threads;
    this.clock = clock;
    this.upkeep = upkeep;
    this.way =
        ReadySockets.keep(
            target.tunnel().isPresent()
                ? () -> new TunnelSocket(target.tunnel().get().connect(target.port(), by))
                : () -> Tcp.connect(target.host(), target.port(), target.host(), limit()));
  }

  /** For the pools of all nodes: one thread, whatever their number. */
  static ScheduledExecutorService upkeep() {
    ScheduledThreadPoolExecutor one = new ScheduledThreadPoolExecutor(1, Line::thread);
    one.setRemoveOnCancelPolicy(true);
    return one;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "replctl-pools");
    thread.setDaemon(true);
    return thread;
  }

  /** The node, for messages. */
  String label() {
    return target.label();
  }

  /** Asks, and reads the answer. */
  synchronized Answer read(String query, Deadline until, Reading reading) {
    by = until;
    if (target.tunnel().isEmpty() && !Files.isReadable(target.authority())) {
      return Answer.unknown(
          Trouble.HOST_KEY,
          target.label()
              + ": no certificate of an authority can be read in "
              + target.authority()
              + " to know the server by");
    }
    try (Connection connection = connection()) {
      connection.setNetworkTimeout(Runnable::run, millis());
      try (PreparedStatement statement = connection.prepareStatement(query)) {
        statement.setMaxRows(MOST_ROWS);
        try (ResultSet rows = statement.executeQuery()) {
          return new Answer.Done(reading.of(rows));
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

  private Connection connection() throws SQLException {
    Optional<Kept> now = kept;
    if (now.isPresent() && now.get().isOpen()) {
      return now.get().take();
    }
    now.ifPresent(Kept::close);
    Kept made = Kept.of(new Logins(target, way, this::left), upkeep, Line::thread, threads);
    kept = Optional.of(made);
    return made.take();
  }

  private Duration left() {
    return clock.left(by);
  }

  private Duration limit() {
    Duration left = left();
    return left.compareTo(CONNECTING) < 0 ? left : CONNECTING;
  }

  private int millis() {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, left().toMillis()));
  }

  /** Ends the connections without waiting; a read that hangs in one ends too. */
  void drop() {
    Optional<Kept> dropped = kept;
    kept = Optional.empty();
    dropped.ifPresent(Kept::close);
  }

  @Override
  public void close() {
    drop();
    ReadySockets.forget(way);
  }
}
