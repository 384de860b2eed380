package replctl.cli.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import replctl.inventory.NodeName;
import replctl.playbooks.decide.Debts;
import replctl.playbooks.decide.candidate.Candidate;
import replctl.playbooks.decide.candidate.Candidates;
import replctl.playbooks.decide.candidate.Check;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.snapshot.Server;

/** {@code why}: one node, explained. */
public record WhyPrinter(Look look, NodeName node) {
  /** What stands in front of the lines. */
  private static final int LABEL = 12;

  /** Prints it; the name is the node's. */
  public int to(Page page) {
    return page.show(
        this::doc, this::lines, names -> names.accept(look.cluster().name() + "/" + node));
  }

  Doc doc() {
    Optional<Candidate> candidate = candidate();
    return Doc.of("Why")
        .put("cluster", look.cluster().name().value())
        .put("at", look.seen().at())
        .put("node", NodeDoc.of(look.cluster(), view(), look.health().of(node)))
        .put("owed", owed())
        .put("eligible", candidate.map(Candidate::eligible))
        .put(
            "rules",
            candidate.map(Candidate::checks).orElse(List.of()).stream()
                .map(
                    c ->
                        Doc.part()
                            .put("rule", c.rule())
                            .put("verdict", InventoryPrinter.word(c.verdict()))
                            .put("words", c.words()))
                .toList());
  }

  void lines(Lines to) {
    NodeView view = view();
    to.line(
        List.of(
            new Span(look.cluster().name() + "/" + node, Tone.STRONG),
            Span.of("   " + NodeState.role(view) + "   "),
            NodeState.state(view)));
    if (!view.contact().answered()) {
      label(to, "host", Span.of(view.contact().words()));
    }
    view.server()
        .flatMap(Server::upstream)
        .ifPresent(from -> label(to, "from", Span.of("receives from " + from)));
    lag(to, view);
    List<Finding> findings = look.health().of(node);
    findings.forEach(f -> label(to, "found", Look.remark(f)));
    if (owed()) {
      label(
          to,
          "owed",
          new Span(
              "its closing is still to be proven on its own disk; next: "
                  + Debts.next(look.cluster(), look.seen(), node),
              Tone.BAD));
    }
    candidate().ifPresentOrElse(c -> rules(to, c), () -> label(to, "leading", Span.of("it leads")));
    boolean behind = view.server().flatMap(s -> s.lag().why()).isPresent();
    if (findings.isEmpty() && view.contact().answered() && !owed() && !behind) {
      label(to, "found", new Span("nothing is wrong with it", Tone.GOOD));
    }
  }

  private void lag(Lines to, NodeView view) {
    if (view.role() != Role.FOLLOWER) {
      return;
    }
    List<String> words = new ArrayList<>(List.of(NodeWords.behind(view)));
    view.server().flatMap(s -> s.lag().why()).ifPresent(words::add);
    label(to, "lag", Span.of(String.join(": ", words)));
  }

  private static void rules(Lines to, Candidate candidate) {
    if (candidate.eligible()) {
      label(to, "leading", new Span("could lead: every rule passes it", Tone.GOOD));
    }
    for (Check check : candidate.against()) {
      boolean fails = check.verdict() == Check.Verdict.FAIL;
      label(
          to,
          "leading",
          new Span(
              (fails ? "FAIL " : "unknown ") + check.rule() + ": " + check.words(),
              fails ? Tone.BAD : Tone.WARN));
    }
  }

  private static void label(Lines to, String label, Span text) {
    to.line(
        List.of(new Span(label, Tone.FAINT), Span.of(" ".repeat(LABEL - label.length())), text));
  }

  private NodeView view() {
    return look.seen().node(node);
  }

  private boolean owed() {
    return Debts.of(look.seen()).contains(node);
  }

  private Optional<Candidate> candidate() {
    return Candidates.of(look.cluster(), look.seen()).ranked().stream()
        .filter(c -> c.node().equals(node))
        .findFirst();
  }
}
