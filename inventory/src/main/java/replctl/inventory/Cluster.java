package replctl.inventory;

import java.util.List;
import java.util.Optional;

/**
 * One cluster as declared.
 *
 * @param nodes the database nodes, in the order of the file
 * @param witnesses hosts that vote on epochs and hold no data
 * @param redirects how clients are led to the leader, in the order of the file
 * @param archive where log is had that the nodes have no more
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
    List<Redirect> redirects,
    Optional<Archive> archive) {
  public Cluster {
    nodes = List.copyOf(nodes);
    witnesses = List.copyOf(witnesses);
    redirects = List.copyOf(redirects);
  }

  /** One without hooks and archive, whose clients nobody leads. */
  public Cluster(
      ClusterName name,
      EngineKind engine,
      Replication replication,
      Fencing fencing,
      Limits limits,
      List<Node> nodes,
      List<Witness> witnesses) {
    this(
        name,
        engine,
        replication,
        fencing,
        limits,
        nodes,
        witnesses,
        Hooks.NONE,
        List.of(),
        Optional.empty());
  }

  /** The same with these hooks and redirects. */
  public Cluster with(Hooks otherHooks, List<Redirect> otherRedirects) {
    return new Cluster(
        name,
        engine,
        replication,
        fencing,
        limits,
        nodes,
        witnesses,
        otherHooks,
        otherRedirects,
        archive);
  }

  /** The same with this archive. */
  public Cluster with(Archive other) {
    return new Cluster(
        name,
        engine,
        replication,
        fencing,
        limits,
        nodes,
        witnesses,
        hooks,
        redirects,
        Optional.of(other));
  }

  /** The same with these nodes. */
  public Cluster with(List<Node> others) {
    return new Cluster(
        name, engine, replication, fencing, limits, others, witnesses, hooks, redirects, archive);
  }

  /** The same without a node or a witness. */
  public Cluster without(NodeName gone) {
    return new Cluster(
        name,
        engine,
        replication,
        fencing,
        limits,
        nodes.stream().filter(n -> !n.name().equals(gone)).toList(),
        witnesses.stream().filter(w -> !w.name().equals(gone)).toList(),
        hooks,
        redirects,
        archive);
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
