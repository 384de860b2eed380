package replctl.playbooks.snapshot;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import replctl.inventory.NodeName;

/**
 * All nodes of a cluster as they were seen in one look.
 *
 * @param at by the operator's clock
 * @param nodes in the order of the inventory
 */
public record Snapshot(Instant at, List<NodeView> nodes) {
  public Snapshot {
    nodes = List.copyOf(nodes);
  }

  /** The node of that name; every node of the inventory is there. */
  public NodeView node(NodeName name) {
    return nodes.stream()
        .filter(n -> n.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no node " + name));
  }

  /** Every node that takes writes. More than one is a split brain. */
  public List<NodeView> writable() {
    return nodes.stream().filter(NodeView::writable).toList();
  }

  /** The node that takes writes, when there is just one. */
  public Optional<NodeView> leader() {
    List<NodeView> writable = writable();
    return writable.size() == 1 ? Optional.of(writable.get(0)) : Optional.empty();
  }
}
