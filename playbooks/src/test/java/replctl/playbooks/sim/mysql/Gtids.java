package replctl.playbooks.sim.mysql;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import replctl.playbooks.engine.mysql.GtidSet;

/**
 * A set of transactions that grows as a server works: gtid_executed, gtid_purged and their like.
 */
final class Gtids {
  /** More than any simulated server makes: sets of all that it ever may have no end. */
  private static final long MOST = 40_000;

  private final Map<String, BitSet> bySource = new TreeMap<>();

  /** What a text of such a set says. */
  static Gtids of(String text) {
    Gtids set = new Gtids();
    GtidSet.parse(text)
        .orElseThrow(() -> new IllegalArgumentException("not a set: " + text))
        .runs()
        .forEach(
            (source, runs) ->
                runs.forEach(
                    run ->
                        set.numbers(source.uuid())
                            .set((int) run.first(), (int) Math.min(run.last(), MOST) + 1)));
    return set;
  }

  private BitSet numbers(String source) {
    return bySource.computeIfAbsent(source, s -> new BitSet());
  }

  void add(Txn txn) {
    numbers(txn.source()).set(txn.number());
  }

  void addAll(Gtids other) {
    other.bySource.forEach((source, more) -> numbers(source).or(more));
  }

  /** The highest number of that server's; 0: none. */
  int last(String source) {
    BitSet numbers = bySource.get(source);
    return numbers == null ? 0 : Math.max(0, numbers.length() - 1);
  }

  boolean has(Txn txn) {
    BitSet numbers = bySource.get(txn.source());
    return numbers != null && numbers.get(txn.number());
  }

  boolean containsAll(Gtids other) {
    return other.without(this).isEmpty();
  }

  boolean isEmpty() {
    return bySource.values().stream().allMatch(BitSet::isEmpty);
  }

  Gtids copy() {
    return with(new Gtids());
  }

  Gtids with(Gtids other) {
    Gtids all = new Gtids();
    bySource.forEach((source, numbers) -> all.numbers(source).or(numbers));
    other.bySource.forEach((source, numbers) -> all.numbers(source).or(numbers));
    return all;
  }

  Gtids without(Gtids other) {
    Gtids left = new Gtids();
    bySource.forEach(
        (source, numbers) -> {
          left.numbers(source).or(numbers);
          BitSet gone = other.bySource.get(source);
          if (gone != null) {
            left.numbers(source).andNot(gone);
          }
        });
    return left;
  }

  /** Each of them, as transactions that change nothing. */
  List<Txn> members() {
    List<Txn> all = new ArrayList<>();
    bySource.forEach(
        (source, numbers) ->
            numbers.stream().forEach(n -> all.add(new Txn(source, n, new Txn.Other()))));
    return all;
  }

  /** Those that one server made. */
  Gtids of(SimMysql server) {
    Gtids own = new Gtids();
    own.numbers(server.uuid()).or(bySource.getOrDefault(server.uuid(), new BitSet()));
    return own;
  }

  /** As the server prints it. */
  @Override
  public String toString() {
    return bySource.entrySet().stream()
        .filter(entry -> !entry.getValue().isEmpty())
        .map(entry -> entry.getKey() + runs(entry.getValue()))
        .collect(Collectors.joining(","));
  }

  private static String runs(BitSet numbers) {
    StringBuilder text = new StringBuilder();
    int first = numbers.nextSetBit(0);
    while (first >= 0) {
      int end = numbers.nextClearBit(first);
      text.append(':').append(first);
      if (end - 1 > first) {
        text.append('-').append(end - 1);
      }
      first = numbers.nextSetBit(end);
    }
    return text.toString();
  }
}
