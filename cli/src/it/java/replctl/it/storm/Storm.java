package replctl.it.storm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
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

  /** Of the first attempt that has not been held against what there is. */
  private int unchecked;

  /** What has been told of before, in ns. */
  private long overlap;

  /** How many of such reads have been told of before. */
  private int unseen;

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
  Fault any() {
    List<Fault> all = Fault.possible();
    return all.get(random.nextInt(all.size()));
  }

  /** Lets it strike, brings all back, and holds what clients were told against what there is. */
  Round round(Fault fault) {
    long began = System.nanoTime();
    int from = ledger.size();
    String leader = leader().orElse("nobody");
    Nemesis nemesis = new Nemesis(field, random);
    nemesis.strike(fault, leader);
    Rescue rescue = new Rescue(field);
    List<String> wrong = new ArrayList<>();
    boolean whole = rescue.run();
    if (!whole) {
      wrong.add("no leader whom all follow within 3 minutes");
    }
    if (!goesOn()) {
      wrong.add("no write is acknowledged");
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    // Writers stand still while it is checked.
    long gap = ledger.gap(from);
    Found found = check();
    wrong.addAll(found.words());
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
            gap,
            seconds,
            whole,
            found.lost(),
            found.overlap(),
            wrong,
            wrong.isEmpty()
                ? List.of()
                : field.nodes().stream().map(n -> n + ":\n" + field.log(n)).toList());
    rounds.add(round);
    return round;
  }

  /**
   * What does not hold, and was not told of before.
   *
   * @param lost rows that were acknowledged, and are not there
   * @param overlap how long two nodes acknowledged at once, in ns
   */
  private record Found(long lost, long overlap, List<String> words) {
    Found {
      words = List.copyOf(words);
    }
  }

  /** Holds what clients were told since the last time against what there is. */
  private Found check() {
    List<String> wrong = new ArrayList<>();
    writers.forEach(w -> w.pause(true));
    try {
      // An attempt that is on its way may end after that: it is held against the next rows.
      int upTo = ledger.size();
      List<Set<Long>> present = present();
      if (present.isEmpty()) {
        wrong.add("nobody leads: what is lost can't be said");
      }
      // Where several lead, at least that many are lost whichever of them stays.
      Set<Long> lost =
          present.stream()
              .map(p -> ledger.missing(unchecked, upTo, p))
              .min(Comparator.comparing(Set::size))
              .orElse(Set.of());
      if (!lost.isEmpty()) {
        wrong.add(lost.size() + " acknowledged rows are lost, from " + lost.iterator().next());
      }
      unchecked = present.isEmpty() ? unchecked : upTo;
      long more = ledger.overlap() - overlap;
      if (more > 0) {
        wrong.add("two nodes acknowledged at once for " + more / 1e6 + " ms");
      }
      overlap += more;
      List<String> reads = ledger.unseen();
      wrong.addAll(reads.subList(unseen, reads.size()));
      unseen = reads.size();
      if (!sameEverywhere()) {
        wrong.add("not all nodes hold the same");
      }
      return new Found(lost.size(), more, wrong);
    } finally {
      writers.forEach(w -> w.pause(false));
    }
  }

  /** Sets the cluster up anew, where nothing brings it back: what its clients were told is over. */
  void anew() {
    writers.forEach(w -> w.pause(true));
    field.setUp();
    unchecked = ledger.size();
    ledger.forget();
    writers.forEach(w -> w.pause(false));
    if (!goesOn()) {
      throw new AssertionError("no write is acknowledged by a cluster that was set up anew");
    }
  }

  /** The rows on each node that leads; none: nobody does, for a minute. */
  private List<Set<Long>> present() {
    long deadline = System.nanoTime() + MINUTE;
    while (System.nanoTime() - deadline < 0) {
      List<Set<Long>> all = new ArrayList<>();
      try {
        for (String leader : leaders()) {
          try (Client client = field.door(leader).open()) {
            all.add(client.numbers(first));
          }
        }
        if (!all.isEmpty()) {
          return all;
        }
      } catch (Trouble retried) {
        // Whoever led may have been lost meanwhile.
      }
      LockSupport.parkNanos(100_000_000);
    }
    return List.of();
  }

  private boolean sameEverywhere() {
    // MySQL looks once a minute whether there is room again on a disk that was full.
    long deadline = System.nanoTime() + 3 * MINUTE / 2;
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

  private List<String> leaders() {
    return field.nodes().stream().filter(n -> field.open(n).orElse(false)).toList();
  }

  private Optional<String> leader() {
    return leaders().stream().findFirst();
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
  List<String> unfenced(ReplctlTool tool) {
    String leader = leader().orElseThrow();
    field.lab("cable", leader, "out");
    field.lab("bmc", leader, "hang");
    Typed failover = tool.failoverUnfenced(leader);
    goesOn();
    List<String> found = new ArrayList<>();
    if (!failover.done()) {
      found.add("it was not done: " + failover);
    }
    found.addAll(check().words());
    return found;
  }

  @Override
  public void close() {
    writers.forEach(Writer::close);
  }
}
