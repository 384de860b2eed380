package replctl.cli.render;

import java.util.List;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.playbooks.decide.candidate.Candidate;
import replctl.playbooks.decide.candidate.Candidates;
import replctl.playbooks.decide.candidate.Check;

/** {@code candidates}: every node against every rule of choice. */
public record CandidatesPrinter(Cluster cluster, Candidates candidates) {
  /** Prints it; names are those of nodes that can lead, best first. */
  public int to(Page page) {
    return page.show(
        this::doc,
        this::lines,
        names ->
            candidates.ranked().stream()
                .filter(Candidate::eligible)
                .forEach(c -> names.accept(cluster.name() + "/" + c.node())));
  }

  Doc doc() {
    return Doc.of("Candidates")
        .put("cluster", cluster.name().value())
        .put("best", candidates.best().map(Candidate::node))
        .put("candidates", candidates.ranked().stream().map(CandidatesPrinter::doc).toList());
  }

  private static Doc doc(Candidate candidate) {
    return Doc.part()
        .put("name", candidate.node().value())
        .put("eligible", candidate.eligible())
        .put("priority", candidate.priority())
        .put("rules", candidate.checks().stream().map(CandidatesPrinter::doc).toList());
  }

  private static Doc doc(Check check) {
    return Doc.part()
        .put("rule", check.rule())
        .put("verdict", InventoryPrinter.word(check.verdict()))
        .put("words", check.words());
  }

  void lines(Lines to) {
    Optional<Candidate> best = candidates.best();
    to.line(
        List.of(
            new Span(cluster.name().value(), Tone.STRONG),
            best.map(c -> new Span("   " + c.node() + " would lead next", Tone.GOOD))
                .orElse(new Span("   no node can lead now", Tone.BAD))));
    Table table = new Table();
    for (int i = 0; i < 4; i++) {
      table.column("");
    }
    int rank = 0;
    for (Candidate candidate : candidates.ranked()) {
      boolean can = candidate.eligible();
      table.row(
          List.of(
              new Span(candidate.node().value(), Tone.STRONG),
              new Span(can ? "can lead" : "can't lead", can ? Tone.GOOD : Tone.BAD),
              Span.of(can ? "choice " + ++rank : ""),
              Span.of("priority " + candidate.priority())),
          List.of());
      for (Check check : shown(candidate, to.wide())) {
        table.row(
            List.of(Span.of(""), verdict(check), Span.of(check.rule()), Span.of(check.words())),
            List.of());
      }
    }
    table.print(to);
  }

  /** Of many, only what stands in their way; all of it where more is wanted. */
  private List<Check> shown(Candidate candidate, boolean wide) {
    return wide || candidates.ranked().size() <= Counts.MANY
        ? candidate.checks()
        : candidate.against();
  }

  private static Span verdict(Check check) {
    return switch (check.verdict()) {
      case PASS -> new Span("pass", Tone.GOOD);
      case FAIL -> new Span("FAIL", Tone.BAD);
      case UNKNOWN -> new Span("unknown", Tone.WARN);
    };
  }
}
