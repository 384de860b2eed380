package replctl.cli.render;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import replctl.inventory.Node;
import replctl.playbooks.decide.Loss;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.Lag;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Position;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.snapshot.Server;

/** {@code status}: one screen that says how a cluster is. */
public record StatusPrinter(Look look, Trail trail) implements LookPrinter {
  /** Of one look. */
  public StatusPrinter(Look look) {
    this(look, Trail.NONE);
  }

  /** What stands in front of the lines below the nodes. */
  private static final int LABEL = 12;

  @Override
  public Doc doc() {
    return look.doc("Status");
  }

  @Override
  public void lines(Lines to) {
    to.line(look.headline());
    boolean wide = to.wide();
    Table table =
        new Table()
            .column("NODE")
            .column("REGION")
            .column("ROLE")
            .column("STATE")
            .column("POSITION")
            .numbers("BEHIND")
            .numbers("")
            .column("SYNC");
    boolean fences = look.fences();
    if (fences) {
      table.column("FENCE");
    }
    if (trail.isThere()) {
      table.column("TREND");
    }
    if (wide) {
      table
          .column("UPSTREAM")
          .column("VERSION")
          .column("HOST")
          .column("IDENTITY")
          .column("EPOCH")
          .column("CERTIFICATE");
    }
    look.seen()
        .nodes()
        .forEach(node -> table.row(cells(node, wide, to.look().unicode()), look.remarks(node)));
    table.print(to);
    if (look.seen().nodes().size() > Counts.MANY) {
      label(to, "nodes", Span.of(Counts.states(look.seen().nodes())));
    }
    label(to, "durability", Span.of(look.durability()));
    label(to, "ready", ready());
    if (wide) {
      Connections.lines(to, look.connections(), LABEL);
    }
    for (Finding finding : look.health().cluster()) {
      label(to, Look.label(finding), Look.remark(finding));
    }
  }

  private Span ready() {
    boolean known = look.ready().loss().filter(l -> l.kind() != Loss.Kind.UNKNOWN).isPresent();
    boolean ready = look.ready().next().isPresent() && known;
    return new Span(look.ready().words(), ready ? Tone.PLAIN : Tone.WARN);
  }

  private static void label(Lines to, String label, Span text) {
    to.line(
        List.of(new Span(label, Tone.FAINT), Span.of(" ".repeat(LABEL - label.length())), text));
  }

  private List<Span> cells(NodeView node, boolean wide, boolean unicode) {
    Node declared = look.cluster().node(node.name()).orElseThrow();
    Optional<Server> server = node.server();
    Lag lag = server.map(Server::lag).orElse(Lag.UNKNOWN);
    boolean follows = node.role() != Role.LEADER;
    List<Span> cells =
        new ArrayList<>(
            List.of(
                Span.of(node.name().value()),
                Span.of(declared.region().orElse("")),
                Span.of(NodeState.role(node)),
                NodeState.state(node),
                Span.of(server.flatMap(Server::position).map(Position::brief).orElse("")),
                follows ? bytes(lag) : Span.of(""),
                follows ? time(lag) : Span.of(""),
                Span.of(server.map(s -> NodeState.sync(s.sync())).orElse(""))));
    if (look.fences()) {
      cells.add(look.fence(declared));
    }
    if (trail.isThere()) {
      cells.add(Span.of(follows ? trail.graph(node.name(), unicode) : ""));
    }
    if (wide) {
      cells.add(Span.of(server.flatMap(Server::upstream).map(Object::toString).orElse("")));
      cells.add(Span.of(server.flatMap(Server::version).orElse("")));
      cells.add(Span.of(declared.host() + ":" + declared.database().port()));
      cells.add(Span.of(server.flatMap(Server::identity).orElse("")));
      cells.add(EpochDoc.cell(look.seen().epochs(), node.name()));
      cells.add(Span.of(NodeState.certificateEnd(node).map(e -> "to " + day(e)).orElse("")));
    }
    return cells;
  }

  private static String day(Instant at) {
    return at.atZone(ZoneOffset.UTC).toLocalDate().toString();
  }

  private Span bytes(Lag lag) {
    if (lag.bytes().isEmpty()) {
      return new Span("unknown", Tone.WARN);
    }
    boolean much = lag.bytes().getAsLong() > look.cluster().limits().lagBytes().bytes();
    return new Span(Units.bytes(lag.bytes().getAsLong()), much ? Tone.BAD : Tone.PLAIN);
  }

  private Span time(Lag lag) {
    if (lag.time().isEmpty()) {
      return Span.of(lag.bytes().isEmpty() ? "" : "?");
    }
    boolean late = lag.time().get().compareTo(look.cluster().limits().lag()) > 0;
    return new Span(Units.time(lag.time().get()), late ? Tone.BAD : Tone.PLAIN);
  }
}
