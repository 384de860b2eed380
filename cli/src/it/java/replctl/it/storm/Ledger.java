package replctl.it.storm;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import replctl.it.probe.Attempt;
import replctl.it.probe.Attempt.Outcome;
import replctl.it.probe.Windows;

/** What clients on all nodes were told, and what of it does not hold. */
final class Ledger {
  private final List<Attempt> attempts = new ArrayList<>();
  private final Map<String, Windows> windows = new HashMap<>();
  private final List<String> unseen = new ArrayList<>();
  private long newest;

  /** An attempt has ended. */
  synchronized void add(Attempt attempt) {
    attempts.add(attempt);
    windows
        .computeIfAbsent(attempt.node(), n -> new Windows())
        .add(attempt.invoked(), attempt.ended(), attempt.outcome() == Outcome.OK);
    if (attempt.outcome() == Outcome.OK) {
      newest = attempt.id();
    }
    notifyAll();
  }

  /** The row that was acknowledged last, by any node; 0: none was. */
  synchronized long newest() {
    return newest;
  }

  /** What was acknowledged is not asked for any more: the cluster is another. */
  synchronized void forget() {
    newest = 0;
  }

  /** A node that acknowledged a row did not show one that had been acknowledged before. */
  synchronized void unseen(String node, long id) {
    unseen.add(node + " did not show row " + id);
  }

  /** Reads that did not show what had been acknowledged before. */
  synchronized List<String> unseen() {
    return List.copyOf(unseen);
  }

  /** How many attempts there have been: a place to count from. */
  synchronized int size() {
    return attempts.size();
  }

  synchronized long count(int from, Outcome outcome) {
    return since(from).stream().filter(a -> a.outcome() == outcome).count();
  }

  /** The rows that were acknowledged between two such places, and are not there. */
  synchronized Set<Long> missing(int from, int to, Set<Long> present) {
    return attempts.subList(from, to).stream()
        .filter(a -> a.outcome() == Outcome.OK && !present.contains(a.id()))
        .map(Attempt::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** For how long two nodes acknowledged at the same time, in ns. */
  synchronized long overlap() {
    Collection<Windows> all = windows.values();
    return Windows.overlap(all);
  }

  /** The longest time between two acknowledgements that follow each other, in ns; 0: none was. */
  synchronized long gap(int from) {
    List<Long> ends =
        since(from).stream()
            .filter(a -> a.outcome() == Outcome.OK)
            .map(Attempt::ended)
            .sorted()
            .toList();
    return IntStream.range(1, ends.size())
        .mapToLong(i -> ends.get(i) - ends.get(i - 1))
        .max()
        .orElse(0);
  }

  /** Waits until that many more rows are acknowledged; whether they were in that time. */
  synchronized boolean await(int more, long nanos) throws InterruptedException {
    int from = attempts.size();
    long deadline = System.nanoTime() + nanos;
    while (count(from, Outcome.OK) < more) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  private List<Attempt> since(int from) {
    return attempts.subList(from, attempts.size());
  }
}
