package replctl.playbooks.decide;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Snapshot;

/**
 * What an operator should know of a cluster, worst first.
 *
 * @param cluster of all nodes together
 * @param nodes of each node, in the order of the inventory; no entry is missing
 */
public record Health(List<Finding> cluster, Map<NodeName, List<Finding>> nodes) {
  private static final Comparator<Finding> WORST_FIRST =
      Comparator.comparing(Finding::level).reversed();

  public Health {
    cluster = List.copyOf(cluster);
    nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
  }

  /**
   * Judges a snapshot by the cluster's limits. Pure.
   *
   * @param levels what the cluster's engine can wait for
   */
  public static Health of(Cluster cluster, Snapshot seen, Acks.Levels levels) {
    Map<NodeName, List<Finding>> nodes = new LinkedHashMap<>();
    for (NodeView view : seen.nodes()) {
      List<Finding> found = new ArrayList<>();
      found.addAll(PresenceRules.of(view, seen));
      Optional<Node> declared = cluster.node(view.name());
      declared.ifPresent(node -> found.addAll(LagRules.of(node, cluster.limits(), view)));
      declared.ifPresent(node -> found.addAll(UpstreamRules.of(node, seen, view)));
      found.addAll(HostRules.of(cluster.limits(), seen, view));
      view.server().ifPresent(server -> found.addAll(server.findings()));
      found.sort(WORST_FIRST);
      nodes.put(view.name(), List.copyOf(found));
    }
    List<Finding> together = new ArrayList<>(ClusterRules.of(cluster, seen, levels));
    together.addAll(EpochRules.of(cluster, seen));
    together.sort(WORST_FIRST);
    return new Health(together, nodes);
  }

  /** The level of the worst finding; empty when there is none. */
  public Optional<Finding.Level> worst() {
    return Stream.concat(cluster.stream(), nodes.values().stream().flatMap(List::stream))
        .map(Finding::level)
        .max(Comparator.naturalOrder());
  }

  /** What was found on one node. */
  public List<Finding> of(NodeName node) {
    return nodes.getOrDefault(node, List.of());
  }
}
