package replctl.cli.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.Finding.Level;
import replctl.playbooks.verb.doctor.Diagnosis;

/** {@code doctor}: what bites later, each with its cure. */
public record DoctorPrinter(Cluster cluster, Diagnosis diagnosis) {
  private static final String INDENT = "      ";

  /** Prints it; names are those of nodes of which there is more than a note to say. */
  public int to(Page page) {
    return page.show(
        this::doc,
        this::lines,
        names ->
            cluster.nodes().stream()
                .filter(n -> of(n).stream().anyMatch(f -> f.level() != Level.NOTE))
                .forEach(n -> names.accept(cluster.name() + "/" + n.name())));
  }

  Doc doc() {
    return Doc.of("Doctor")
        .put("cluster", cluster.name().value())
        .put("worst", diagnosis.worst().map(InventoryPrinter::word))
        .put("findings", diagnosis.cluster().stream().map(NodeDoc::of).toList())
        .put(
            "nodes",
            cluster.nodes().stream()
                .map(
                    n ->
                        Doc.part()
                            .put("name", n.name().value())
                            .put("findings", of(n).stream().map(NodeDoc::of).toList()))
                .toList());
  }

  void lines(Lines to) {
    to.line(List.of(new Span(cluster.name().value(), Tone.STRONG), Span.of("   "), headline()));
    if (!diagnosis.cluster().isEmpty()) {
      subject("the cluster", diagnosis.cluster(), to);
    }
    cluster.nodes().forEach(n -> subject(n.name().value(), of(n), to));
  }

  private Span headline() {
    List<String> parts = new ArrayList<>();
    for (Level level : List.of(Level.CRITICAL, Level.WARNING, Level.NOTE)) {
      long count = diagnosis.count(level);
      if (count > 0) {
        String word = level.name().toLowerCase(Locale.ROOT);
        parts.add(count + " " + word + (count == 1 || level == Level.CRITICAL ? "" : "s"));
      }
    }
    Tone tone =
        diagnosis
            .worst()
            .map(
                worst ->
                    switch (worst) {
                      case CRITICAL -> Tone.BAD;
                      case WARNING -> Tone.WARN;
                      case NOTE -> Tone.PLAIN;
                    })
            .orElse(Tone.GOOD);
    return new Span(parts.isEmpty() ? "nothing found" : String.join(", ", parts), tone);
  }

  private static void subject(String name, List<Finding> found, Lines to) {
    to.line(
        found.isEmpty()
            ? List.of(new Span(name, Tone.STRONG), Span.of("   nothing found"))
            : List.of(new Span(name, Tone.STRONG)));
    found.forEach(f -> to.line(List.of(Span.of(INDENT), Look.remark(f))));
  }

  private List<Finding> of(Node node) {
    return diagnosis.nodes().getOrDefault(node.name(), List.of());
  }
}
