package replctl.playbooks.snapshot;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import replctl.inventory.NodeName;
import replctl.playbooks.world.Facts;

/**
 * All nodes of a cluster as they were seen in one look.
 *
 * @param at by the operator's clock
 * @param nodes in the order of the inventory
 * @param epochs what their hosts, and the witnesses, have promised and written down
 * @param witnesses what the witnesses' hosts said beyond that, where they were asked for more
 */
public record Snapshot(
    Instant at, List<NodeView> nodes, Epochs epochs, SortedMap<NodeName, Facts> witnesses) {
  public Snapshot {
    nodes = List.copyOf(nodes);
    witnesses = Collections.unmodifiableSortedMap(new TreeMap<>(witnesses));
  }

  /** One in which witnesses were asked for no more than their files. */
  public Snapshot(Instant at, List<NodeView> nodes, Epochs epochs) {
    this(at, nodes, epochs, new TreeMap<>());
  }

  /** One in which epochs are what the nodes' own answers say of them. */
  public Snapshot(Instant at, List<NodeView> nodes) {
    this(at, nodes, new Epochs(files(nodes)));
  }

  private static SortedMap<NodeName, EpochFile> files(List<NodeView> nodes) {
    SortedMap<NodeName, EpochFile> files = new TreeMap<>();
    for (NodeView node : nodes) {
      files.put(
          node.name(),
          node.contact().answered()
              ? node.server().map(s -> EpochFile.of(s.facts())).orElse(EpochFile.SILENT)
              : EpochFile.SILENT);
    }
    return files;
  }

  /** The same with the witnesses' files. */
  public Snapshot with(Map<NodeName, EpochFile> files) {
    return new Snapshot(at, nodes, epochs.with(files), witnesses);
  }

  /** The same with nodes that were asked for more, or are seen otherwise. */
  public Snapshot of(List<NodeView> others) {
    return new Snapshot(at, others, epochs, witnesses);
  }

  /** The same with what else the witnesses' hosts said. */
  public Snapshot told(Map<NodeName, Facts> more) {
    return new Snapshot(at, nodes, epochs, new TreeMap<>(more));
  }

  /** The same for somebody who has typed that maintenance is not to stand in the way. */
  public Snapshot despiteMaintenance() {
    return new Snapshot(at, nodes, new Epochs(epochs.files(), true), witnesses);
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
