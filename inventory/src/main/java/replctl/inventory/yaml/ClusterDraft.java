package replctl.inventory.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import replctl.inventory.Archive;
import replctl.inventory.Cluster;
import replctl.inventory.ClusterName;
import replctl.inventory.EngineKind;
import replctl.inventory.Fencing;
import replctl.inventory.Hooks;
import replctl.inventory.Limits;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.inventory.Redirect;
import replctl.inventory.Replication;
import replctl.inventory.Witness;

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
    Hooks hooks,
    List<Redirect> redirects,
    Optional<Archive> archive,
    Fields fields,
    boolean whole) {
  ClusterDraft {
    nodes = List.copyOf(nodes);
    witnesses = List.copyOf(witnesses);
    redirects = List.copyOf(redirects);
  }

  static ClusterDraft of(ClusterName name, Fields fields) {
    Optional<EngineKind> engine = fields.get(ClusterKeys.ENGINE);
    MapType.Named<NodeName, Fields> members = named(fields, ClusterKeys.NODES);
    List<NodeDraft> nodes = new ArrayList<>();
    for (MapType.Item<NodeName, Fields> item : members.items()) {
      NodeDraft.of(item.name(), item.value(), fields, engine.orElse(EngineKind.POSTGRESQL))
          .ifPresent(nodes::add);
    }
    MapType.Named<NodeName, Fields> others = named(fields, ClusterKeys.WITNESSES);
    List<WitnessDraft> witnesses = new ArrayList<>();
    for (MapType.Item<NodeName, Fields> item : others.items()) {
      WitnessDraft.of(item.name(), item.value(), fields).ifPresent(witnesses::add);
    }
    List<NodeName> names = nodes.stream().map(draft -> draft.node().name()).toList();
    List<Redirect> redirects = new ArrayList<>();
    for (Fields redirect : fields.get(ClusterKeys.REDIRECT).orElse(List.of())) {
      RedirectDraft.of(redirect, fields, names).ifPresent(redirects::add);
    }
    boolean whole =
        !nodes.isEmpty()
            && members.whole()
            && others.whole()
            && nodes.size() == members.items().size()
            && witnesses.size() == others.items().size();
    return new ClusterDraft(
        name,
        engine,
        ReplicationKeys.of(fields.section(ClusterKeys.REPLICATION)),
        FencingKeys.of(fields.section(ClusterKeys.FENCING)),
        LimitKeys.of(fields.section(ClusterKeys.LIMITS)),
        nodes,
        witnesses,
        HookKeys.of(fields.section(ClusterKeys.HOOKS)),
        redirects,
        ArchiveKeys.of(fields.section(ClusterKeys.ARCHIVE)),
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
    if (engine.isEmpty()) {
      return Optional.empty();
    }
    List<Node> members = new ArrayList<>();
    for (NodeDraft draft : nodes) {
      members.add(draft.node());
    }
    List<Witness> others = new ArrayList<>();
    for (WitnessDraft draft : witnesses) {
      others.add(draft.witness());
    }
    return Optional.of(
        new Cluster(
            name,
            engine.get(),
            replication,
            fencing,
            limits,
            members,
            others,
            hooks,
            redirects,
            archive));
  }

  /** What the key names; nothing, and not the whole of it, where it could not be read. */
  private static MapType.Named<NodeName, Fields> named(
      Fields fields, Key<MapType.Named<NodeName, Fields>> key) {
    Optional<MapType.Named<NodeName, Fields>> read = fields.get(key);
    return read.isPresent() ? read.get() : new MapType.Named<>(List.of(), !fields.has(key));
  }
}
