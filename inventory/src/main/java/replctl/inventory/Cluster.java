package replctl.inventory;

import java.util.List;
import java.util.Optional;

/**
 * One cluster as declared.
 *
 * @param nodes the database nodes, in the order of the file
 * @param witnesses hosts that vote on epochs and hold no data
 */
public record Cluster(
    ClusterName name,
    EngineKind engine,
    Replication replication,
    Fencing fencing,
    Limits limits,
    List<Node> nodes,
    List<Witness> witnesses) {
  public Cluster {
    nodes = List.copyOf(nodes);
    witnesses = List.copyOf(witnesses);
  }

  /** The node of that name. */
  public Optional<Node> node(NodeName wanted) {
    return nodes.stream().filter(n -> n.name().equals(wanted)).findFirst();
  }

  /** The node declared as the first leader; it matters to init only. */
  public Optional<Node> declaredLeader() {
    return nodes.stream().filter(Node::leader).findFirst();
  }
}
