package replctl.it.storm;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the rounds of a storm come to. */
record Tally(String tool, String field, long seed, List<Round> rounds) {
  Tally {
    rounds = List.copyOf(rounds);
  }

  /** Of all rounds that there have been. */
  static Tally of(Field field, long seed, Storm storm) {
    return new Tally(field.tool().name(), field.name(), seed, storm.rounds());
  }

  /** Whether every checker was content after every round. */
  boolean good() {
    return rounds.stream().allMatch(r -> r.wrong().isEmpty());
  }

  /** A line a fault, and the sums. */
  String table() {
    String head =
        String.format(
            Locale.ROOT,
            "%-52s %6s %22s %22s %9s %6s",
            "fault",
            "rounds",
            "gap, median to most, s",
            "whole, median, s",
            "resumed",
            "lost");
    String lines =
        Stream.of(Fault.values())
            .filter(f -> of(f).count() > 0)
            .map(this::line)
            .collect(Collectors.joining("\n"));
    long killed = rounds.stream().filter(Round::interrupted).count();
    long resumed = rounds.stream().filter(r -> r.interrupted() && r.resumed()).count();
    return String.format(
        Locale.ROOT,
        "%s: %s, seed %d%n%s%n%s%n%d rounds, %d wrong; %d rows acknowledged, %d unknown, %d lost; two"
            + " writers at once for %.1f ms, at the longest %.1f; %d rounds without a leader whom all"
            + " follow within 3 minutes; %d of %d operations that were cut off and can be resumed were, at once",
        tool,
        field,
        seed,
        head,
        lines,
        rounds.size(),
        rounds.stream().filter(r -> !r.wrong().isEmpty()).count(),
        rounds.stream().mapToLong(Round::acknowledged).sum(),
        rounds.stream().mapToLong(Round::unknown).sum(),
        rounds.stream().mapToLong(Round::lost).sum(),
        rounds.stream().mapToLong(Round::overlap).sum() / 1e6,
        rounds.stream().mapToLong(Round::overlap).max().orElse(0) / 1e6,
        rounds.stream().filter(r -> !r.whole()).count(),
        resumed,
        killed);
  }

  private Stream<Round> of(Fault fault) {
    return rounds.stream().filter(r -> r.fault() == fault);
  }

  private String resumed(Fault fault) {
    long all = of(fault).filter(Round::interrupted).count();
    long resumed = of(fault).filter(r -> r.interrupted() && r.resumed()).count();
    return all == 0 ? "-" : resumed + "/" + all;
  }

  private String line(Fault fault) {
    List<Double> gaps = of(fault).map(r -> r.gap() / 1e9).sorted().toList();
    List<Double> whole = of(fault).map(Round::seconds).sorted(Comparator.naturalOrder()).toList();
    return String.format(
        Locale.ROOT,
        "%-52s %6d %13.1f to %5.1f %22.1f %9s %6d",
        fault.words(),
        gaps.size(),
        gaps.get(gaps.size() / 2),
        gaps.get(gaps.size() - 1),
        whole.get(whole.size() / 2),
        resumed(fault),
        of(fault).mapToLong(Round::lost).sum());
  }
}
