package replctl.cli.render;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import replctl.playbooks.snapshot.Lag;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.snapshot.Server;

/** {@code lag}: how far behind each follower is, on which part of the way, and why. */
public record LagPrinter(Look look, Trail trail) implements LookPrinter {
  /** Of one look. */
  public LagPrinter(Look look) {
    this(look, Trail.NONE);
  }

  @Override
  public Doc doc() {
    return Doc.of("Lag")
        .put("cluster", look.cluster().name().value())
        .put("at", look.seen().at())
        .put("leader", look.seen().leader().map(NodeView::name))
        .put("nodes", followers().stream().map(this::doc).toList());
  }

  private Doc doc(NodeView node) {
    return Doc.part()
        .put("name", node.name().value())
        .put("upstream", node.server().flatMap(Server::upstream))
        .put("streaming", node.server().flatMap(Server::streaming))
        .put("lag", NodeDoc.lag(lag(node)));
  }

  @Override
  public void lines(Lines to) {
    to.line(look.headline());
    Table table =
        new Table()
            .column("NODE")
            .column("FROM")
            .column("STATE")
            .numbers("TO RECEIVE")
            .numbers("TO APPLY")
            .numbers("BEHIND")
            .numbers("")
            .column("CAUSE");
    if (trail.isThere()) {
      table.column("TREND");
    }
    for (NodeView node : followers()) {
      Lag lag = lag(node);
      List<Span> cells =
          List.of(
              Span.of(node.name().value()),
              Span.of(node.server().flatMap(Server::upstream).map(Object::toString).orElse("")),
              NodeState.state(node),
              Span.of(bytes(lag.received())),
              Span.of(bytes(toApply(lag))),
              Span.of(bytes(lag.bytes())),
              Span.of(lag.time().map(Units::time).orElse("unknown")),
              Span.of(lag.cause() == Lag.Cause.NONE ? "" : InventoryPrinter.word(lag.cause())));
      table.row(trend(cells, node, to.look().unicode()), remarks(node, lag));
    }
    table.print(to);
  }

  private List<Span> trend(List<Span> cells, NodeView node, boolean unicode) {
    List<Span> all = new ArrayList<>(cells);
    if (trail.isThere()) {
      all.add(Span.of(trail.graph(node.name(), unicode)));
    }
    return all;
  }

  /** A line a follower. */
  @Override
  public void log(Lines to) {
    String time =
        DateTimeFormatter.ofPattern("HH:mm:ss")
            .withZone(ZoneId.systemDefault())
            .format(look.seen().at());
    for (NodeView node : followers()) {
      Lag lag = lag(node);
      to.line(
          time
              + "  "
              + node.name()
              + "  "
              + NodeState.state(node).text()
              + "  "
              + bytes(lag.bytes())
              + "  "
              + lag.time().map(Units::time).orElse("unknown")
              + lag.why().map(why -> "  " + why).orElse(""));
    }
  }

  private List<NodeView> followers() {
    return look.seen().nodes().stream().filter(n -> n.role() != Role.LEADER).toList();
  }

  private static Lag lag(NodeView node) {
    return node.server().map(Server::lag).orElse(Lag.UNKNOWN);
  }

  private static List<Span> remarks(NodeView node, Lag lag) {
    List<Span> remarks = new ArrayList<>();
    if (!node.contact().answered()) {
      remarks.add(Span.of(node.contact().words()));
    }
    lag.why().ifPresent(why -> remarks.add(Span.of(why)));
    return remarks;
  }

  private static OptionalLong toApply(Lag lag) {
    return lag.bytes().isPresent() && lag.received().isPresent()
        ? OptionalLong.of(Math.max(0, lag.bytes().getAsLong() - lag.received().getAsLong()))
        : OptionalLong.empty();
  }

  private static String bytes(OptionalLong bytes) {
    return bytes.isPresent() ? Units.bytes(bytes.getAsLong()) : "unknown";
  }
}
