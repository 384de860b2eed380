package replctl.cli.shell;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import replctl.cli.render.Span;
import replctl.cli.render.Tone;
import replctl.cli.render.Units;
import replctl.inventory.NodeName;
import replctl.playbooks.snapshot.Lag;

/**
 * The prompt: cluster, leader, lag, epoch, and what is owed. What is not known is a question mark,
 * and what is old says how old. Pure.
 */
final class PromptText {
  /** A look comes every few seconds: one that is older than this is said to be old. */
  static final Duration FRESH = Duration.ofSeconds(15);

  private PromptText() {}

  /**
   * As texts with their tones; the last one ends the prompt.
   *
   * @param cluster the one in use; empty: none
   * @param glimpse the last look; empty: none yet
   * @param age of the last look
   */
  static List<Span> of(Optional<String> cluster, Optional<Glimpse> glimpse, Duration age) {
    if (cluster.isEmpty()) {
      return List.of(Span.of("replctl> "));
    }
    Glimpse seen = glimpse.orElse(Glimpse.NOTHING);
    List<Span> all = new ArrayList<>();
    all.add(new Span(cluster.get(), Tone.STRONG));
    all.add(Span.of(" "));
    all.add(leader(seen));
    all.add(Span.of(" lag " + lag(seen) + " epoch " + epoch(seen)));
    if (!seen.debts().isEmpty()) {
      all.add(Span.of(" "));
      all.add(new Span("OWED:" + names(seen.debts()), Tone.BAD));
    }
    if (glimpse.isPresent() && age.compareTo(FRESH) > 0) {
      all.add(Span.of(" "));
      all.add(new Span("(" + Units.time(Duration.ofSeconds(age.toSeconds())) + " old)", Tone.WARN));
    }
    all.add(Span.of("> "));
    return all;
  }

  private static Span leader(Glimpse seen) {
    return switch (seen.writable().size()) {
      case 0 -> new Span("?", Tone.WARN);
      case 1 -> new Span(seen.writable().get(0).value(), Tone.GOOD);
      default -> new Span("SPLIT:" + names(seen.writable()), Tone.BAD);
    };
  }

  private static String lag(Glimpse seen) {
    if (seen.lag().isEmpty()) {
      return "?";
    }
    Lag lag = seen.lag().get();
    return lag.time()
        .filter(t -> !t.isZero())
        .map(Units::time)
        .orElseGet(() -> Units.bytes(lag.bytes().orElse(0)));
  }

  private static String epoch(Glimpse seen) {
    return seen.epoch().isPresent() ? Long.toString(seen.epoch().getAsLong()) : "?";
  }

  private static String names(List<NodeName> names) {
    return String.join(",", names.stream().map(NodeName::value).toList());
  }
}
