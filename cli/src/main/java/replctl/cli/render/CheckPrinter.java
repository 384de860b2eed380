package replctl.cli.render;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import replctl.inventory.NodeName;
import replctl.playbooks.verb.monitor.Aspect;
import replctl.playbooks.verb.monitor.Monitored;
import replctl.playbooks.verb.monitor.Sight;
import replctl.playbooks.verb.monitor.State;
import replctl.playbooks.verb.monitor.Verdict;

/** {@code check}: one line for a monitor, and below it a line for each aspect. */
public record CheckPrinter(Sight sight, Monitored told) {
  /** Of all that is wrong, the first line holds so much. */
  private static final int FIRST = 3;

  /** What the first line says of a cluster that is well, when more was looked at than it holds. */
  private static final Set<Aspect> BRIEF = EnumSet.of(Aspect.ROLE, Aspect.LAG, Aspect.READY);

  /** Prints it, and returns the code by which monitors know the state. */
  public int to(Page page) {
    page.show(this::doc, this::lines, names -> problemNodes().forEach(names));
    return told.state().code();
  }

  /** What a change of it is told by: states, not values. */
  public List<String> marks() {
    return told.verdicts().stream()
        .flatMap(
            v ->
                v.problems().isEmpty()
                    ? List.of(v.aspect().word() + " " + State.OK).stream()
                    : v.problems().stream()
                        .map(
                            p ->
                                v.aspect().word()
                                    + " "
                                    + p.state()
                                    + p.node().map(n -> " " + n).orElse("")))
        .distinct()
        .toList();
  }

  private List<String> problemNodes() {
    return told.problems().stream()
        .flatMap(p -> p.node().stream())
        .distinct()
        .map(n -> sight.cluster().name() + "/" + n)
        .toList();
  }

  Doc doc() {
    return Doc.of("Check")
        .put("cluster", sight.cluster().name().value())
        .put("at", sight.seen().at())
        .put("state", PluginText.word(told.state()))
        .put("words", words())
        .put("checks", told.verdicts().stream().map(CheckPrinter::doc).toList());
  }

  private static Doc doc(Verdict verdict) {
    return Doc.part()
        .put("check", verdict.aspect().word())
        .put("state", PluginText.word(verdict.state()))
        .put("words", verdict.words())
        .put("problems", verdict.problems().stream().map(CheckPrinter::doc).toList())
        .put("notes", verdict.notes())
        .put("measures", verdict.measures().stream().map(PluginText::doc).toList());
  }

  private static Doc doc(Verdict.Problem problem) {
    return Doc.part()
        .put("state", PluginText.word(problem.state()))
        .put("node", problem.node().map(NodeName::value))
        .put("text", problem.text());
  }

  void lines(Lines to) {
    to.line(PluginText.head(told.state(), words(), told.measures()));
    // Where nobody answers, every line would say just that.
    boolean once =
        told.verdicts().size() > 1
            && told.verdicts().stream()
                .map(Verdict::problems)
                .allMatch(p -> !p.isEmpty() && p.equals(told.problems()));
    for (Verdict verdict : once ? List.<Verdict>of() : told.verdicts()) {
      to.line(
          PluginText.text(
              verdict.state() + " " + verdict.aspect().word() + ": " + verdict.words()));
      verdict.notes().forEach(note -> to.line(PluginText.text("  note: " + note)));
    }
    if (told.state() != State.OK) {
      to.line("next: replctl status " + sight.cluster().name());
    }
  }

  private String words() {
    List<Verdict.Problem> problems = told.problems();
    String said =
        problems.isEmpty()
            ? told.verdicts().stream()
                .filter(v -> told.verdicts().size() <= FIRST || BRIEF.contains(v.aspect()))
                .map(Verdict::words)
                .collect(Collectors.joining("; "))
            : problems.stream()
                    .limit(FIRST)
                    .map(Verdict.Problem::words)
                    .collect(Collectors.joining("; "))
                + (problems.size() > FIRST ? "; and " + (problems.size() - FIRST) + " more" : "");
    return sight.cluster().name() + ": " + said;
  }
}
