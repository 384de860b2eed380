package replctl.inventory.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import replctl.inventory.ClusterName;
import replctl.inventory.EngineKind;
import replctl.inventory.NodeName;

/** The keys of a cluster, and of the whole file. */
final class ClusterKeys {
  static final Key<EngineKind> ENGINE =
      Key.required(
          "engine",
          WordType.of(EngineKind.POSTGRESQL, EngineKind.MYSQL),
          "The database: postgresql or mysql.");
  static final Key<Fields> REPLICATION =
      Key.optional("replication", ReplicationKeys.SECTION, "What an acknowledged write means.");
  static final Key<Fields> FENCING =
      Key.optional("fencing", FencingKeys.SECTION, "Which proofs of a dead leader suffice.");
  static final Key<Fields> LIMITS =
      Key.optional("limits", LimitKeys.SECTION, "Thresholds of health and of safety.");
  static final Key<Fields> ARCHIVE =
      Key.optional(
          "archive",
          ArchiveKeys.SECTION,
          "Where log is had that the nodes themselves have no more.");
  static final Key<MapType.Named<NodeName, Fields>> NODES =
      Key.required(
          "nodes",
          new MapType<>("nodes", new NodeNameForm(), NodeKeys.SECTION, 1),
          "The database nodes, by name.");
  static final Key<MapType.Named<NodeName, Fields>> WITNESSES =
      Key.optional(
              "witnesses",
              new MapType<>("witnesses", new NodeNameForm(), NodeKeys.WITNESS, 0),
              "Hosts with a vote and no data; wanted where the nodes that may lead are an even"
                  + " number.")
          .otherwise("none");
  static final Key<Fields> HOOKS =
      Key.optional("hooks", HookKeys.SECTION, "Programs of your own around a change of leader.");
  static final Key<List<Fields>> REDIRECT =
      Key.optional(
          "redirect",
          new ListType<>("redirects", RedirectKeys.SECTION, 1),
          "How clients are led to the leader.");

  static final Section SECTION = new Section("a cluster", keys(), Optional.empty());

  static final Key<Integer> VERSION =
      Key.required("version", new WholeType("the version", 1, 1), "The format's version, 1.");
  static final Key<MapType.Named<ClusterName, Fields>> CLUSTERS =
      Key.required(
          "clusters",
          new MapType<>("clusters", new ClusterNameForm(), SECTION, 1),
          "The clusters, by name.");

  static final Section FILE = Section.of("an inventory", VERSION, CLUSTERS);

  private ClusterKeys() {}

  private static List<Key<?>> keys() {
    List<Key<?>> keys = new ArrayList<>();
    keys.add(ENGINE);
    // A node may override these, key by key.
    keys.addAll(List.of(NodeKeys.CONNECTION, NodeKeys.SSH, NodeKeys.DATABASE));
    keys.addAll(LayoutKeys.KEYS);
    keys.addAll(List.of(REPLICATION, FENCING, LIMITS, ARCHIVE, NODES, WITNESSES, HOOKS, REDIRECT));
    return keys;
  }
}
