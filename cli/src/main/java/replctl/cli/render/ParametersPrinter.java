package replctl.cli.render;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.playbooks.engine.ParameterState;
import replctl.playbooks.verb.ParameterView;

/** {@code parameter}: what each node runs with, by what, what waits, and where they differ. */
public record ParametersPrinter(Cluster cluster, Instant at, List<ParameterView> views) {
  /** Prints it. */
  public int to(Page page) {
    return page.show(
        this::doc,
        this::lines,
        names -> views.forEach(v -> v.nodes().forEach(n -> names.accept(value(n)))));
  }

  private static String value(ParameterView.OnNode node) {
    return node.node() + " " + node.state().map(ParameterState::value).orElse("");
  }

  Doc doc() {
    return Doc.of("Parameters")
        .put("cluster", cluster.name().value())
        .put("at", at)
        .put("parameters", views.stream().map(ParametersPrinter::doc).toList());
  }

  private static Doc doc(ParameterView view) {
    return Doc.part()
        .put("name", view.name())
        .put("changedBy", view.owner())
        .put("differs", view.differs())
        .put("nodes", view.nodes().stream().map(ParametersPrinter::doc).toList());
  }

  private static Doc doc(ParameterView.OnNode on) {
    Optional<ParameterState> state = on.state();
    return Doc.part()
        .put("node", on.node().value())
        .put("value", state.map(ParameterState::value))
        .put("raw", state.map(ParameterState::raw))
        .put("unit", state.flatMap(ParameterState::unit))
        .put("setBy", state.map(ParameterState::setBy))
        .put("atStart", state.map(ParameterState::atStart))
        .put("afterRestart", state.flatMap(ParameterState::after))
        .put("waitsForRestart", state.map(ParameterState::waits))
        .put("setApartFor", state.flatMap(ParameterState::elsewhere))
        .put("unknown", on.why());
  }

  void lines(Lines to) {
    boolean first = true;
    for (ParameterView view : views) {
      if (!first) {
        to.gap();
      }
      first = false;
      to.line(
          List.of(
              new Span(view.name(), Tone.STRONG),
              Span.of("   " + cluster.name().value() + "   "),
              view.differs()
                  ? new Span("differs", Tone.WARN)
                  : Span.of("the same on all that are known")));
      Table table = new Table().column("NODE").column("VALUE").column("SET BY");
      view.nodes().forEach(on -> row(table, on));
      table.print(to);
      view.owner().ifPresent(by -> to.line("changed by " + by));
      if (view.waits()) {
        to.line("Next: replctl restart --rolling");
      }
    }
  }

  private static void row(Table table, ParameterView.OnNode on) {
    if (on.state().isEmpty()) {
      table.row(
          List.of(Span.of(on.node().value()), new Span("unknown", Tone.WARN), Span.of("")),
          List.of(Span.of(on.why().orElse(""))));
      return;
    }
    ParameterState state = on.state().get();
    List<Span> remarks = new ArrayList<>();
    if (state.waits()) {
      remarks.add(
          new Span(
              "after a start: "
                  + state.after().orElse("")
                  + state.unit().map(u -> " (in " + u + ")").orElse(""),
              Tone.WARN));
    }
    state.elsewhere().ifPresent(where -> remarks.add(Span.of("set apart for " + where)));
    table.row(
        List.of(Span.of(on.node().value()), Span.of(state.shown()), Span.of(state.setBy())),
        remarks);
  }
}
