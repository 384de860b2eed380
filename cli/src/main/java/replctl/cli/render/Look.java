package replctl.cli.render;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.playbooks.decide.Debts;
import replctl.playbooks.decide.Durability;
import replctl.playbooks.decide.Health;
import replctl.playbooks.decide.Loss;
import replctl.playbooks.decide.Readiness;
import replctl.playbooks.engine.Connecting;
import replctl.playbooks.engine.ConnectionText;
import replctl.playbooks.fence.Devices;
import replctl.playbooks.fence.Drills;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.Finding.Level;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Closing;
import replctl.playbooks.world.PowerDevice;

/**
 * A cluster as it was declared, seen and judged in one look: what status, topology and lag print.
 *
 * @param durability what an acknowledged write means, in words
 * @param ready who would lead next, and what would be lost with the leader
 * @param connections how clients connect
 */
public record Look(
    Cluster cluster,
    Snapshot seen,
    Health health,
    String durability,
    Readiness ready,
    List<ConnectionText> connections) {
  /** The code of what is found of it, and what stands in front of its line. */
  private static final String MAINTENANCE = "maintenance";

  public Look {
    connections = List.copyOf(connections);
  }

  /**
   * Judges what was seen.
   *
   * @param levels what the cluster's engine can wait for
   */
  public static Look of(Cluster cluster, Snapshot seen, Acks.Levels levels, Connecting connecting) {
    return new Look(
        cluster,
        seen,
        Health.of(cluster, seen, levels),
        Durability.words(seen),
        Readiness.of(cluster, seen),
        connecting.texts(cluster, seen.leader().map(NodeView::name)));
  }

  /** A remark on a node: indented under its line. */
  static Span remark(Finding finding) {
    Tone tone =
        switch (finding.level()) {
          case NOTE -> Tone.FAINT;
          case WARNING -> Tone.WARN;
          case CRITICAL -> Tone.BAD;
        };
    String cure = finding.cure().isEmpty() ? "" : "; " + finding.cure();
    // Owed is what could hurt at the next boot: red, however little it looks like now.
    return switch (finding.code()) {
      case Debts.CODE -> new Span(finding.text() + "; next: " + finding.cure(), Tone.BAD);
      case MAINTENANCE -> new Span(finding.text() + "; next: " + finding.cure(), tone);
      default ->
          new Span(InventoryPrinter.word(finding.level()) + ": " + finding.text() + cure, tone);
    };
  }

  /** What a finding of the whole cluster is about: in front of its line. */
  static String label(Finding finding) {
    return switch (finding.code()) {
      case Debts.CODE -> "owed";
      case "operation-open" -> "operation";
      case MAINTENANCE -> MAINTENANCE;
      default -> "cluster";
    };
  }

  /** What is to be said of a node: what was found, why it does not answer, why it is behind. */
  List<Span> remarks(NodeView node) {
    List<Span> remarks = new ArrayList<>();
    List<Finding> findings = health.of(node.name());
    findings.forEach(finding -> remarks.add(remark(finding)));
    if (!node.contact().answered() && findings.isEmpty()) {
      remarks.add(Span.of(node.contact().words()));
    }
    // A rule that finds the lag too large says why itself.
    node.server()
        .flatMap(server -> server.lag().why())
        .filter(why -> findings.stream().noneMatch(f -> f.text().contains(why)))
        .ifPresent(why -> remarks.add(Span.of(why)));
    return remarks;
  }

  /** Whether any node has a fence device. */
  boolean fences() {
    return cluster.nodes().stream().anyMatch(node -> !node.fence().isEmpty());
  }

  /** How a node is closed without its help, and whether that was tried: a cell. */
  Span fence(Node node) {
    if (node.fence().isEmpty()) {
      return new Span("none", Tone.WARN);
    }
    Drills drills = Closing.drills(seen);
    Span drill = FencePrinter.drill(drills, node, seen.at());
    return new Span("power, " + drill.text(), drill.tone());
  }

  /** The cluster in one line: name, engine with version, mode, epoch, health. */
  List<Span> headline() {
    List<Span> line = new ArrayList<>();
    line.add(new Span(cluster.name().value(), Tone.STRONG));
    line.add(Span.of("   " + cluster.engine().word() + version().map(v -> " " + v).orElse("")));
    line.add(Span.of("   " + InventoryPrinter.mode(cluster.replication())));
    seen.epochs()
        .newest()
        .flatMap(LeaderRecord::lowered)
        .ifPresent(l -> line.add(new Span(", lowered to " + l.acks(), Tone.WARN)));
    line.add(Span.of("   "));
    seen.epochs().newest().ifPresent(r -> line.add(Span.of("epoch " + r.epoch() + "   ")));
    if (seen.epochs().handsOff().isPresent()) {
      line.add(new Span("maintenance   ", Tone.WARN));
    }
    line.add(verdict());
    return line;
  }

  private Optional<String> version() {
    return seen.leader()
        .or(() -> seen.nodes().stream().filter(n -> n.server().isPresent()).findFirst())
        .flatMap(NodeView::server)
        .flatMap(Server::version);
  }

  /** The worst that was seen, in words; healthy only when every node was seen to be. */
  Span verdict() {
    if (seen.writable().size() > 1) {
      return new Span("SPLIT BRAIN: " + Counts.names(seen.writable()) + " take writes", Tone.BAD);
    }
    List<NodeView> silent = seen.nodes().stream().filter(n -> !known(n)).toList();
    if (silent.size() == seen.nodes().size()) {
      return new Span("unknown: no node answers", Tone.BAD);
    }
    if (seen.writable().isEmpty()) {
      boolean nothing = seen.nodes().stream().allMatch(n -> n.presence() == Presence.ABSENT);
      return nothing
          ? new Span("not set up", Tone.WARN)
          : new Span(silent.isEmpty() ? "no leader" : "no leader seen", Tone.BAD);
    }
    Optional<Level> worst = health.worst().filter(level -> level != Level.NOTE);
    if (worst.isEmpty()) {
      return new Span("healthy", Tone.GOOD);
    }
    List<NodeView> ill = seen.nodes().stream().filter(n -> worst(n).equals(worst)).toList();
    boolean critical = worst.get() == Level.CRITICAL;
    return new Span(
        (critical ? "degraded" : "warnings") + (ill.isEmpty() ? "" : ": " + Counts.names(ill)),
        critical ? Tone.BAD : Tone.WARN);
  }

  /** Whether it is healthy, and every node was seen to be. */
  public boolean isWell() {
    return verdict().tone() == Tone.GOOD;
  }

  /** What a change is told by: who leads, in which epoch, and what is found; no values. */
  public List<String> marks() {
    List<String> marks = new ArrayList<>();
    seen.writable().forEach(n -> marks.add("leader " + n.name()));
    seen.epochs().newest().ifPresent(r -> marks.add("epoch " + r.epoch()));
    health.cluster().forEach(f -> marks.add(f.level() + " " + f.code()));
    for (NodeView node : seen.nodes()) {
      health
          .of(node.name())
          .forEach(f -> marks.add(f.level() + " " + f.code() + " " + node.name()));
    }
    return marks;
  }

  /** Whether its host answered, or its server alone. */
  private static boolean known(NodeView node) {
    return node.contact().answered() || node.server().isPresent();
  }

  private Optional<Level> worst(NodeView node) {
    return health.of(node.name()).stream().map(Finding::level).max(Comparator.naturalOrder());
  }

  /** The cluster as data. */
  Doc doc(String kind) {
    return Doc.of(kind)
        .put("cluster", cluster.name().value())
        .put("engine", cluster.engine().word())
        .put("at", seen.at())
        .put("health", verdict().text())
        .put("leader", seen.leader().map(NodeView::name))
        .put("writable", seen.writable().stream().map(NodeView::name).toList())
        .put("epoch", seen.epochs().newest().map(LeaderRecord::epoch))
        .put("record", seen.epochs().newest().map(EpochDoc::record))
        .put("operation", seen.epochs().open().map(EpochDoc::operation))
        .put(
            "maintenance",
            seen.epochs().maintenance().map(m -> EpochDoc.maintenance(seen.epochs(), m)))
        .put("debts", debts())
        .put("findings", health.cluster().stream().map(NodeDoc::of).toList())
        .put("durability", durability)
        .put("ready", readiness())
        .put("connections", Connections.docs(connections))
        .put(
            "nodes",
            seen.nodes().stream()
                .map(
                    n ->
                        NodeDoc.of(cluster, n, health.of(n.name()))
                            .put("epochFile", EpochDoc.file(seen.epochs().of(n.name())))
                            .put("fence", fenceDoc(cluster.node(n.name()).orElseThrow(), n)))
                .toList());
  }

  private Doc fenceDoc(Node node, NodeView view) {
    Drills drills = Closing.drills(seen);
    return Doc.part()
        .put(
            "devices",
            Devices.of(node).stream().flatMap(List::stream).map(PowerDevice::label).toList())
        .put("drill", InventoryPrinter.word(drills.of(node, seen.at())))
        .put("drilledAt", FencePrinter.drilledAt(drills, node))
        .put("blocked", view.server().map(NodeState::fenced));
  }

  private List<Doc> debts() {
    return Debts.of(seen).stream()
        .map(n -> Doc.part().put("node", n.value()).put("next", Debts.next(cluster, seen, n)))
        .toList();
  }

  private Doc readiness() {
    return Doc.part()
        .put("candidate", ready.next())
        .put("lossWithLeader", ready.loss().map(Loss::kind).map(InventoryPrinter::word))
        .put("lossBytes", ready.loss().map(Loss::bytes).orElse(OptionalLong.empty()))
        .put(
            "lossTransactions",
            ready.loss().map(l -> l.gap().transactions()).orElse(OptionalLong.empty()))
        .put("fullest", ready.loss().flatMap(Loss::fullest))
        .put(
            "against",
            ready.against().stream()
                .map(a -> Doc.part().put("name", a.node().value()).put("why", a.why()))
                .toList())
        .put("words", ready.words());
  }
}
