package replctl.it.probe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import replctl.it.probe.Attempt.Outcome;
import replctl.it.probe.Client.Trouble;

/**
 * A client that commits one numbered row each 10 ms, moves at once to whichever node is writable,
 * and at the end holds the leader's rows against what was acknowledged. Tests, the demo and the
 * bench measure with this one.
 *
 * <pre>java -cp replctl.jar:test-classes replctl.it.probe.WriteProbe LOG NAME=HOST:PORT...</pre>
 *
 * <p>The login is PGDATABASE, PGUSER and PGPASSWORD; or, where MYSQL_CLIENT says how MySQL's client
 * program is run (its words divided by blanks), MYSQL_DATABASE, MYSQL_USER and MYSQL_PWD. It prints
 * {@code writing} once rows are acknowledged, and again for each line of input when twenty more
 * were. When its input ends it prints its verdict; the exit code is 1 when a row was lost or two
 * nodes led at once.
 */
public final class WriteProbe implements AutoCloseable {
  private static final long EACH = 10_000_000;

  private final List<Seat> seats = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final List<Attempt> attempts = new ArrayList<>();
  private final long first;
  private volatile boolean hunting = true;
  private volatile boolean ended;
  private final AtomicLong acknowledged = new AtomicLong();

  private WriteProbe(Map<String, Client.Door> nodes, long first) {
    this.first = first;
    nodes.forEach((name, door) -> seats.add(new Seat(name, door, () -> hunting)));
  }

  private static WriteProbe start(Map<String, Client.Door> nodes) {
    WriteProbe probe = new WriteProbe(nodes, System.currentTimeMillis() * 1_000);
    probe.seats.forEach(seat -> probe.spawn(seat, "seat " + seat.name()));
    probe.makeTable();
    probe.spawn(probe::write, "probe");
    probe.awaitAcknowledged(20);
    return probe;
  }

  private void spawn(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    threads.add(thread);
  }

  /** Waits until that many more rows were acknowledged; fails after a minute. */
  private void awaitAcknowledged(long more) {
    long target = acknowledged.get() + more;
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (acknowledged.get() < target) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(
            "no write is acknowledged; of " + target + ": " + acknowledged.get());
      }
      LockSupport.parkNanos(EACH);
    }
  }

  private void makeTable() {
    onLeader(
        client -> {
          client.makeTable();
          return true;
        });
  }

  private void write() {
    long id = first;
    Seat seat = null;
    while (!ended) {
      if (seat == null || !seat.isWritable()) {
        seat = seats.stream().filter(Seat::isWritable).findFirst().orElse(null);
        hunting = seat == null;
      }
      if (seat == null) {
        LockSupport.parkNanos(500_000);
        continue;
      }
      long invoked = System.nanoTime();
      Outcome outcome = attempt(seat, id);
      long now = System.nanoTime();
      attempts.add(new Attempt(id, seat.name(), invoked, now, outcome));
      id++;
      if (outcome == Outcome.OK) {
        acknowledged.incrementAndGet();
        LockSupport.parkNanos(invoked + EACH - now);
      }
    }
  }

  private static Outcome attempt(Seat seat, long id) {
    try {
      seat.write(id);
      return Outcome.OK;
    } catch (Trouble trouble) {
      if (trouble.isReadOnly()) {
        seat.refused();
        return Outcome.FAIL;
      }
      // It may have come after the commit.
      seat.broke();
      return Outcome.UNKNOWN;
    }
  }

  /** Stops, and looks on the leader for what was written. */
  private Verdict stop() {
    ended = true;
    Thread writer = threads.get(threads.size() - 1);
    try {
      writer.join(10_000);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    if (writer.isAlive()) {
      throw new AssertionError("the last write never ends");
    }
    Set<Long> present = onLeader(client -> client.numbers(first));
    close();
    return new Verdict(
        attempts, present, Windows.overlap(seats.stream().map(Seat::windows).toList()));
  }

  private interface Question<T> {
    T ask(Client client) throws Trouble;
  }

  private <T> T onLeader(Question<T> question) {
    hunting = true;
    long deadline = System.nanoTime() + 60_000_000_000L;
    Trouble last = new Trouble(false, "no node is writable", null);
    while (System.nanoTime() - deadline < 0) {
      Optional<Seat> leader = seats.stream().filter(Seat::isWritable).findFirst();
      if (leader.isPresent()) {
        try (Client client = leader.get().open()) {
          return question.ask(client);
        } catch (Trouble retried) {
          last = retried;
        }
      }
      LockSupport.parkNanos(EACH);
    }
    throw new AssertionError("no leader to ask", last);
  }

  /** Ends its threads; a second time does nothing. */
  @Override
  public void close() {
    ended = true;
    seats.forEach(Seat::end);
  }

  /** See the class. */
  public static void main(String... args) throws IOException {
    Map<String, String> env = System.getenv();
    Map<String, Client.Door> nodes = new LinkedHashMap<>();
    for (String arg : List.of(args).subList(1, args.length)) {
      String address = arg.substring(arg.indexOf('=') + 1);
      nodes.put(
          arg.substring(0, arg.indexOf('=')),
          env.containsKey("MYSQL_CLIENT")
              ? MysqlClient.at(address, env)
              : PostgresqlClient.at(address, env));
    }
    Verdict verdict;
    try (WriteProbe probe = start(nodes)) {
      System.out.println("writing");
      BufferedReader input =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      while (input.readLine() != null) {
        probe.awaitAcknowledged(20);
        System.out.println("writing");
      }
      verdict = probe.stop();
    }
    save(Path.of(args[0]), verdict.attempts());
    System.out.print(verdict.text());
    if (!verdict.lost().isEmpty() || verdict.twoLeaders() > 0) {
      throw new AssertionError("lost " + verdict.lost() + ", two leaders " + verdict.twoLeaders());
    }
  }

  private static void save(Path log, List<Attempt> attempts) {
    try {
      Files.write(log, attempts.stream().map(Attempt::line).toList());
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }
}
