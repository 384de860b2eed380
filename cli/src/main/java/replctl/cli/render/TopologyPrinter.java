package replctl.cli.render;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.decide.Debts;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.snapshot.Server;

/** {@code topology}: who receives from whom, as a tree. */
public record TopologyPrinter(Look look, Trail trail) implements LookPrinter {
  /** Of one look. */
  public TopologyPrinter(Look look) {
    this(look, Trail.NONE);
  }

  @Override
  public Doc doc() {
    return look.doc("Topology");
  }

  @Override
  public void lines(Lines to) {
    to.line(look.headline());
    Table table = new Table();
    for (int i = 0; i < (trail.isThere() ? 6 : 5); i++) {
      table.column("");
    }
    Set<NodeName> shown = new HashSet<>();
    boolean unicode = to.look().unicode();
    for (NodeView node : look.seen().nodes()) {
      if (upstream(node).isEmpty()) {
        branch(table, node, "", "", shown, unicode);
      }
    }
    // What is left receives from each other in a ring, or its upstream is in one.
    for (NodeView node : look.seen().nodes()) {
      branch(table, node, "", "", shown, unicode);
    }
    table.print(to);
    look.health().cluster().stream()
        .filter(finding -> finding.code().equals(Debts.CODE))
        .forEach(finding -> to.line(List.of(Span.of("owed: "), Look.remark(finding))));
  }

  private void branch(
      Table table, NodeView node, String trunk, String mark, Set<NodeName> shown, boolean unicode) {
    if (!shown.add(node.name())) {
      return;
    }
    table.row(cells(node, mark, unicode), look.remarks(node));
    List<NodeView> below =
        look.seen().nodes().stream()
            .filter(n -> upstream(n).equals(Optional.of(node.name())) && !shown.contains(n.name()))
            .toList();
    for (NodeView child : below) {
      boolean last = child.equals(below.get(below.size() - 1));
      String fork = unicode ? (last ? "└─ " : "├─ ") : (last ? "`- " : "|- ");
      String on = last ? "   " : unicode ? "│  " : "|  ";
      branch(table, child, trunk + on, trunk + fork, shown, unicode);
    }
  }

  /** The node that it was seen to receive from; where that is not known, the one it is told to. */
  private Optional<NodeName> upstream(NodeView node) {
    if (node.role() == Role.LEADER || node.role() == Role.CLOSED_LEADER) {
      return Optional.empty();
    }
    return node.server()
        .flatMap(Server::upstream)
        .or(() -> declared(node).cascadeFrom())
        .or(() -> look.seen().leader().map(NodeView::name))
        .filter(name -> !name.equals(node.name()));
  }

  private Node declared(NodeView node) {
    return look.cluster().node(node.name()).orElseThrow();
  }

  private List<Span> cells(NodeView node, String mark, boolean unicode) {
    List<Span> cells = new ArrayList<>();
    cells.add(Span.of(mark + node.name()));
    cells.add(Span.of(NodeState.role(node)));
    cells.add(NodeState.state(node));
    cells.add(Span.of(declared(node).region().orElse("")));
    cells.add(Span.of(behind(node)));
    if (trail.isThere()) {
      boolean follows = node.role() != Role.LEADER;
      cells.add(Span.of(follows ? trail.graph(node.name(), unicode) : ""));
    }
    return cells;
  }

  private static String behind(NodeView node) {
    if (node.role() == Role.LEADER) {
      return "";
    }
    return NodeWords.behind(node);
  }
}
