package replctl.cli.render;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import replctl.inventory.Cluster;
import replctl.playbooks.verb.PastSwitchover;
import replctl.playbooks.verb.Rehearsal;

/** {@code rehearse}: how long no write would be taken, and by what that is known. */
public record RehearsalPrinter(Cluster cluster, Instant at, Rehearsal foreseen) {
  /** Prints it; the name is that of the node that would lead. */
  public int to(Page page) {
    return page.show(
        this::doc, this::lines, names -> names.accept(cluster.name() + "/" + foreseen.to()));
  }

  Doc doc() {
    return Doc.of("Rehearsal")
        .put("cluster", cluster.name().value())
        .put("at", at)
        .put("from", foreseen.from().value())
        .put("to", foreseen.to().value())
        .put("leastMs", ms(foreseen.pause().map(Rehearsal.Pause::least)))
        .put("likelyMs", ms(foreseen.pause().map(Rehearsal.Pause::likely)))
        .put("mostMs", ms(foreseen.pause().map(Rehearsal.Pause::most)))
        .put("backlogMs", ms(foreseen.backlog()))
        .put("backlogBytes", foreseen.backlogBytes())
        .put("takenBackAfterMs", foreseen.giveUp().toMillis())
        .put("past", foreseen.past().stream().map(RehearsalPrinter::doc).toList())
        .put("warnings", foreseen.warnings());
  }

  private static OptionalLong ms(Optional<Duration> time) {
    return time.map(t -> OptionalLong.of(t.toMillis())).orElse(OptionalLong.empty());
  }

  private static Doc doc(PastSwitchover past) {
    return Doc.part()
        .put("operation", past.op())
        .put("at", past.at())
        .put("from", past.from().value())
        .put("to", past.to().value())
        .put("stoodStillMs", past.stoodStill().toMillis());
  }

  void lines(Lines to) {
    to.line(
        List.of(
            new Span(cluster.name().value(), Tone.STRONG),
            Span.of("   " + foreseen.from() + " would hand over to " + foreseen.to())));
    line(
        to,
        "writes",
        foreseen
            .pause()
            .map(p -> Span.of("would stand still for some " + words(p)))
            .orElse(
                new Span(
                    "would stand still for how long is not known: this host's journals have no"
                        + " switchover of it",
                    Tone.WARN)));
    line(to, "backlog", backlog());
    line(
        to,
        "limit",
        Span.of(
            "taken back where it is not over "
                + Units.time(foreseen.giveUp())
                + " after writes stopped"));
    for (PastSwitchover past : foreseen.past()) {
      line(
          to,
          "past",
          Span.of(
              Units.time(past.stoodStill())
                  + " from "
                  + past.from()
                  + " to "
                  + past.to()
                  + ", "
                  + past.op()
                  + ", "
                  + past.at()));
    }
    foreseen.warnings().forEach(w -> line(to, "warning", new Span(w, Tone.WARN)));
    to.line("Next: replctl switchover " + cluster.name() + " --to " + foreseen.to());
  }

  /** {@code 0.3 s (0.2 s to 0.5 s)}. */
  static String words(Rehearsal.Pause pause) {
    return Units.time(pause.likely())
        + " ("
        + Units.time(pause.least())
        + " to "
        + Units.time(pause.most())
        + ")";
  }

  private Span backlog() {
    if (foreseen.backlog().isEmpty() && foreseen.backlogBytes().isEmpty()) {
      return new Span("what " + foreseen.to() + " has not applied is not known", Tone.WARN);
    }
    if (foreseen.backlogBytes().equals(OptionalLong.of(0))) {
      return Span.of(foreseen.to() + " has applied all that " + foreseen.from() + " has");
    }
    String bytes =
        foreseen.backlogBytes().isPresent()
            ? Units.bytes(foreseen.backlogBytes().getAsLong())
            : "an unknown number of bytes";
    return Span.of(
        foreseen.to()
            + " has not applied "
            + bytes
            + foreseen
                .backlog()
                .map(t -> ", the oldest of it " + Units.time(t) + " old")
                .orElse(""));
  }

  private static void line(Lines to, String word, Span words) {
    to.line(List.of(new Span(word, Tone.FAINT), Span.of(" ".repeat(9 - word.length())), words));
  }
}
