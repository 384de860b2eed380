package replctl.inventory;

import java.util.List;
import java.util.Optional;

/**
 * One cluster as declared.
 *
 * @param nodes the database nodes, in the order of the file
 * @param witnesses hosts that vote on epochs and hold no data
 * @param redirects how clients are led to the leader, in the order of the file
 */
public record Cluster(
    ClusterName name,
    EngineKind engine,
    Replication replication,
    Fencing fencing,
    Limits limits,
    List<Node> nodes,
    List<Witness> witnesses,
    Hooks hooks,
    List<Redirect> redirects) {
  public Cluster {
    nodes = List.copyOf(nodes);
    witnesses = List.copyOf(witnesses);
    redirects = List.copyOf(redirects);
  }

  /** One without hooks, whose clients nobody leads. */
  public Cluster(
      ClusterName name,
      EngineKind engine,
      Replication replication,
      Fencing fencing,
      Limits limits,
      List<Node> nodes,
      List<Witness> witnesses) {
    this(name, engine, replication, fencing, limits, nodes, witnesses, Hooks.NONE, List.of());
  }

  /** The same with these hooks and redirects. */
  public Cluster with(Hooks otherHooks, List<Redirect> otherRedirects) {
    return new Cluster(
        name, engine, replication, fencing, limits, nodes, witnesses, otherHooks, otherRedirects);
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
