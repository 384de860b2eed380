package replctl.it.probe;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import replctl.it.probe.Attempt.Outcome;

/**
 * What a run of the probe showed.
 *
 * @param attempts in the order of their numbers
 * @param present the numbers found on the leader at the end
 * @param twoLeaders how long two nodes were surely writable at once, in ns
 */
public record Verdict(List<Attempt> attempts, Set<Long> present, long twoLeaders) {
  private static final Comparator<Gap> LONGEST = Comparator.comparingLong(Gap::nanos);

  public Verdict {
    attempts = List.copyOf(attempts);
    present = Set.copyOf(present);
  }

  /** The longest time between two acknowledgements that follow each other. */
  public record Gap(long nanos, Attempt before, Attempt after) {
    public double millis() {
      return nanos / 1e6;
    }
  }

  public long count(Outcome outcome) {
    return attempts.stream().filter(a -> a.outcome() == outcome).count();
  }

  /** Acknowledged, and not there. */
  public Set<Long> lost() {
    return numbers(Outcome.OK, false);
  }

  /** Refused, and there all the same. */
  public Set<Long> unasked() {
    return numbers(Outcome.FAIL, true);
  }

  private Set<Long> numbers(Outcome outcome, boolean there) {
    return attempts.stream()
        .filter(a -> a.outcome() == outcome && present.contains(a.id()) == there)
        .map(Attempt::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The longest gap; fails when fewer than two rows were acknowledged. */
  public Gap gap() {
    return gaps().max(LONGEST).orElseThrow(() -> new AssertionError("fewer than two rows"));
  }

  /**
   * The longest gap between the last acknowledgement of one node and the first of the next. Where
   * the machine itself stands still now and then, the longest gap of all may be another one.
   */
  public Optional<Gap> moved() {
    return gaps().filter(g -> !g.before().node().equals(g.after().node())).max(LONGEST);
  }

  private Stream<Gap> gaps() {
    List<Attempt> ok = attempts.stream().filter(a -> a.outcome() == Outcome.OK).toList();
    return IntStream.range(1, ok.size())
        .mapToObj(
            i -> new Gap(ok.get(i).ended() - ok.get(i - 1).ended(), ok.get(i - 1), ok.get(i)));
  }

  /** Nodes that acknowledged a row, in the order in which they first did. */
  public List<String> writers() {
    return attempts.stream()
        .filter(a -> a.outcome() == Outcome.OK)
        .map(Attempt::node)
        .distinct()
        .toList();
  }

  /** A name and a value a line, for people and for scripts. */
  public String text() {
    Gap gap = gap();
    return String.format(
        Locale.ROOT,
        "acknowledged %d%nrefused %d%nunknown %d%nlost %d%ngap_ms %.1f%ngap_from %s%ngap_to %s%n"
            + "moved_ms %.1f%ntwo_leaders_ms %.1f%n",
        count(Outcome.OK),
        count(Outcome.FAIL),
        count(Outcome.UNKNOWN),
        lost().size(),
        gap.millis(),
        gap.before().node(),
        gap.after().node(),
        moved().map(Gap::millis).orElse(0.0),
        twoLeaders / 1e6);
  }
}
