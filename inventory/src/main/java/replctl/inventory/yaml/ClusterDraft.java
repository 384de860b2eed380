package replctl.inventory.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.inventory.ClusterName;
import replctl.inventory.EngineKind;
import replctl.inventory.Fencing;
import replctl.inventory.Limits;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;

/**
 * A cluster with the keys it was read from, so that rules can name their place.
 *
 * @param whole whether every node and witness could be read; counting rules need that
 */
record ClusterDraft(
    ClusterName name,
    Optional<EngineKind> engine,
    Replication replication,
    Fencing fencing,
    Limits limits,
    List<NodeDraft> nodes,
    List<WitnessDraft> witnesses,
    Fields fields,
    boolean whole) {
  ClusterDraft {
    nodes = List.copyOf(nodes);
    witnesses = List.copyOf(witnesses);
  }

  static ClusterDraft of(ClusterName name, Fields fields) {
    Optional<EngineKind> engine = fields.get(ClusterKeys.ENGINE);
    List<NodeDraft> nodes = new ArrayList<>();
    Optional<MapType.Named<NodeName, Fields>> named = fields.get(ClusterKeys.NODES);
    for (MapType.Item<NodeName, Fields> item : items(named)) {
      NodeDraft.of(item.name(), item.value(), fields, engine.orElse(EngineKind.POSTGRESQL))
          .ifPresent(nodes::add);
    }
    List<WitnessDraft> witnesses = new ArrayList<>();
    Optional<MapType.Named<NodeName, Fields>> watching = fields.get(ClusterKeys.WITNESSES);
    for (MapType.Item<NodeName, Fields> item : items(watching)) {
      WitnessDraft.of(item.name(), item.value(), fields).ifPresent(witnesses::add);
    }
    boolean whole =
        named.map(MapType.Named::whole).orElse(false)
            && (watching.map(MapType.Named::whole).orElse(false)
                || !fields.has(ClusterKeys.WITNESSES))
            && nodes.size() == items(named).size()
            && witnesses.size() == items(watching).size();
    return new ClusterDraft(
        name,
        engine,
        ReplicationKeys.of(fields.section(ClusterKeys.REPLICATION)),
        FencingKeys.of(fields.section(ClusterKeys.FENCING)),
        LimitKeys.of(fields.section(ClusterKeys.LIMITS)),
        nodes,
        witnesses,
        fields,
        whole);
  }

  /** Where the cluster stands. */
  Spot spot() {
    return fields.spot().orElseThrow();
  }

  /** Where that key stands; the cluster itself where it has no such key. */
  Spot spot(Key<?> key) {
    return fields.spot(key).orElseGet(this::spot);
  }

  /** The cluster; empty where its engine could not be read. */
  Optional<Cluster> cluster() {
    return engine.map(
        kind ->
            new Cluster(
                name,
                kind,
                replication,
                fencing,
                limits,
                nodes.stream().map(NodeDraft::node).toList(),
                witnesses.stream().map(WitnessDraft::witness).toList()));
  }

  private static List<MapType.Item<NodeName, Fields>> items(
      Optional<MapType.Named<NodeName, Fields>> named) {
    return named.map(MapType.Named::items).orElseGet(List::of);
  }
}
