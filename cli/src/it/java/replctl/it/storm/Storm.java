package replctl.it.storm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import replctl.it.Replctl;
import replctl.it.probe.Attempt.Outcome;
import replctl.it.probe.Client;
import replctl.it.probe.Client.Trouble;

/**
 * Rounds of faults on real hosts, while a client on each node's own socket tries to write: what was
 * acknowledged is kept, no two acknowledge at once, a row that was acknowledged is seen by whoever
 * acknowledges the next, all nodes hold the same in the end, and each round ends with a leader whom
 * all follow.
 */
final class Storm implements AutoCloseable {
  private static final long MINUTE = 60_000_000_000L;

  private final Field field;
  private final Random random;
  private final Ledger ledger = new Ledger();
  private final List<Writer> writers = new ArrayList<>();
  private final List<Round> rounds = new ArrayList<>();
  private final long first = System.currentTimeMillis() * 1_000;

  private Storm(Field field, long seed) {
    this.field = field;
    this.random = new Random(seed);
  }

  /** Over a cluster that is set up, with clients that write. */
  static Storm over(Field field, long seed) {
    Storm storm = new Storm(field, seed);
    AtomicLong numbers = new AtomicLong(storm.first);
    for (String node : field.nodes()) {
      storm.writers.add(new Writer(node, field.door(node), numbers, storm.ledger).start());
    }
    if (!storm.goesOn()) {
      storm.close();
      throw new AssertionError("no write is acknowledged before the storm");
    }
    return storm;
  }

  List<Round> rounds() {
    return List.copyOf(rounds);
  }

  Ledger ledger() {
    return ledger;
  }

  /** Any fault. */
  Round round() {
    List<Fault> all = List.of(Fault.values());
    return round(all.get(random.nextInt(all.size())));
  }

  Round round(Fault fault) {
    long began = System.nanoTime();
    int from = ledger.size();
    String leader = leader().orElse("nobody");
    Nemesis nemesis = new Nemesis(field, random);
    nemesis.strike(fault, leader);
    Rescue rescue = new Rescue(field);
    List<String> wrong = new ArrayList<>();
    if (!rescue.run()) {
      wrong.add("no leader whom all follow within 3 minutes");
    }
    if (!goesOn()) {
      wrong.add("no write is acknowledged");
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    wrong.addAll(check());
    Round round =
        new Round(
            rounds.size() + 1,
            fault,
            leader,
            leader().orElse("nobody"),
            nemesis.typed(),
            rescue.typed(),
            nemesis.killed(),
            rescue.resumed(),
            ledger.count(from, Outcome.OK),
            ledger.count(from, Outcome.UNKNOWN),
            ledger.gap(from),
            seconds,
            wrong);
    rounds.add(round);
    return round;
  }

  /** Holds what clients were told against what there is. */
  List<String> check() {
    List<String> wrong = new ArrayList<>();
    writers.forEach(w -> w.pause(true));
    try {
      Set<Long> lost = ledger.missing(present());
      if (!lost.isEmpty()) {
        wrong.add(lost.size() + " acknowledged rows are lost, from " + lost.iterator().next());
      }
      if (ledger.overlap() > 0) {
        wrong.add("two nodes acknowledged at once for " + ledger.overlap() / 1e6 + " ms");
      }
      wrong.addAll(ledger.unseen());
      if (!sameEverywhere()) {
        wrong.add("not all nodes hold the same");
      }
    } finally {
      writers.forEach(w -> w.pause(false));
    }
    return wrong;
  }

  private Set<Long> present() {
    long deadline = System.nanoTime() + MINUTE;
    while (System.nanoTime() - deadline < 0) {
      Optional<String> leader = leader();
      if (leader.isPresent()) {
        try (Client client = field.door(leader.get()).open()) {
          return client.numbers(first);
        } catch (Trouble retried) {
          // Whoever led may have been lost meanwhile.
        }
      }
      LockSupport.parkNanos(100_000_000);
    }
    return new TreeSet<>();
  }

  private boolean sameEverywhere() {
    long deadline = System.nanoTime() + MINUTE / 2;
    while (System.nanoTime() - deadline < 0) {
      List<Optional<String>> digests = field.nodes().stream().map(field::digest).toList();
      if (digests.stream().allMatch(Optional::isPresent)
          && digests.stream().distinct().count() == 1) {
        return true;
      }
      LockSupport.parkNanos(100_000_000);
    }
    return false;
  }

  private Optional<String> leader() {
    return field.nodes().stream().filter(n -> field.open(n).orElse(false)).findFirst();
  }

  private boolean goesOn() {
    try {
      return ledger.await(20, MINUTE);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A failover whose fence is only said to have been seen: the checkers must find what it does. */
  List<String> unfenced() {
    String leader = leader().orElseThrow();
    field.lab("cable", leader, "out");
    field.lab("bmc", leader, "hang");
    Replctl.Result result =
        field
            .replctl()
            .run("failover", "--confirm-fenced", leader, "--accept-loss", "any", "--yes");
    goesOn();
    List<String> found = new ArrayList<>();
    if (result.code() != 0) {
      found.add("it was not done: " + result);
    }
    found.addAll(check());
    return found;
  }

  @Override
  public void close() {
    writers.forEach(Writer::close);
  }
}
