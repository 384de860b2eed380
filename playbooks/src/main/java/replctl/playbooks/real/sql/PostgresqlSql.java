package replctl.playbooks.real.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Pattern;
import replctl.inventory.NodeName;
import replctl.playbooks.real.protocol.ScriptFiles;
import replctl.playbooks.real.shell.Threads;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Clock;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Query;
import replctl.playbooks.world.Sql;
import replctl.playbooks.world.Trouble;

/**
 * Reads from PostgreSQL, over connections that are opened when first wanted and kept: a pool a
 * node.
 */
public final class PostgresqlSql implements Sql, AutoCloseable {
  private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_.]{0,99}");

  private final Function<NodeName, Target> targets;
  private final Threads threads;
  private final Clock clock;
  private final Map<NodeName, Line> lines = new ConcurrentHashMap<>();
  private final ScheduledExecutorService upkeep = Line.upkeep();

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
    Line line =
        lines.computeIfAbsent(node, name -> new Line(targets.apply(name), threads, clock, upkeep));
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    threads.execute(
        () -> {
          try {
            answer.complete(line.read(query, by, PostgresqlSql::facts));
          } catch (RuntimeException thrown) {
            answer.completeExceptionally(thrown);
          }
        });
    try {
      return answer.get(clock.left(by).toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      line.drop();
      return Answer.unknown(Trouble.OVERDUE, line.label() + ": no answer in time");
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      line.drop();
      return Answer.unknown(Trouble.OVERDUE, line.label() + ": it was not waited for");
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
    upkeep.shutdownNow();
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
