package replctl.inventory.yaml;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import replctl.inventory.NodeName;

/** A cascade starts at another node of the cluster, and goes round in no circle. */
final class CascadeRules {
  private CascadeRules() {}

  static void check(ClusterDraft cluster) {
    Map<NodeName, NodeName> upstream = new HashMap<>();
    Set<NodeName> names = new HashSet<>();
    for (NodeDraft draft : cluster.nodes()) {
      names.add(draft.node().name());
      draft.node().cascadeFrom().ifPresent(from -> upstream.put(draft.node().name(), from));
    }
    Set<NodeName> told = new HashSet<>();
    for (NodeDraft draft : cluster.nodes()) {
      NodeName name = draft.node().name();
      NodeName from = upstream.get(name);
      if (from == null) {
        continue;
      }
      if (from.equals(name)) {
        draft.spot(NodeKeys.CASCADE_FROM).error("a node can't follow itself");
      } else if (!names.contains(from)) {
        // A node that could not be read was told already.
        if (cluster.whole()) {
          draft
              .spot(NodeKeys.CASCADE_FROM)
              .error("there is no node " + from + " in this cluster", nearest(from, names));
        }
      } else if (circle(name, upstream, told)) {
        draft.spot(NodeKeys.CASCADE_FROM).error("a circle: " + path(name, upstream));
      }
    }
  }

  private static Optional<String> nearest(NodeName typed, Set<NodeName> names) {
    Nearest nearest = new Nearest(typed.value());
    names.stream().sorted().forEach(name -> nearest.offer(name.value()));
    return nearest.found();
  }

  /** Whether the node is on a circle that was not told yet. */
  private static boolean circle(
      NodeName start, Map<NodeName, NodeName> upstream, Set<NodeName> told) {
    Set<NodeName> seen = new HashSet<>();
    NodeName at = start;
    while (at != null && seen.add(at)) {
      at = upstream.get(at);
    }
    return start.equals(at) && seen.size() > 1 && told.addAll(seen) && told.contains(start);
  }

  private static String path(NodeName start, Map<NodeName, NodeName> upstream) {
    StringBuilder path = new StringBuilder(start.value());
    NodeName at = upstream.get(start);
    while (at != null && !at.equals(start)) {
      path.append(" follows ").append(at);
      at = upstream.get(at);
    }
    return path.append(" follows ").append(start).toString();
  }
}
