package replctl.playbooks.verb;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;

/**
 * Whose data is of this cluster, where its leader may not be asked. A server of another cluster is
 * left out of a failover, wherever it is and whatever it does: it is not closed, not told to stand
 * still, and none of its positions is compared with those of others. Pure.
 *
 * @param seen the same without the servers of strangers; their hosts keep their votes
 * @param identity the cluster's; empty: no server is seen, or it can't be told
 * @param strangers nodes with a server of another cluster, and its identity
 * @param torn identities of which it can't be told which is the cluster's
 */
record Kin(
    Snapshot seen,
    Optional<String> identity,
    SortedMap<NodeName, String> strangers,
    List<String> torn) {
  /**
   * By the leader's word; or by most of those that run, and of as many on each side by those that
   * receive from a node of the cluster.
   */
  static Kin of(Snapshot seen, NodeName leader) {
    Optional<String> leaders = seen.node(leader).server().flatMap(Server::identity);
    if (leaders.isPresent()) {
      return of(seen, leaders.get());
    }
    Map<String, Long> weights =
        seen.nodes().stream()
            .filter(n -> n.presence() == Presence.RUNNING)
            .flatMap(n -> n.server().stream())
            .filter(s -> s.identity().isPresent())
            .collect(
                Collectors.toMap(
                    s -> s.identity().orElseThrow(), Kin::weight, Long::sum, TreeMap::new));
    List<String> first =
        weights.entrySet().stream()
            .filter(e -> weights.values().stream().allMatch(w -> w <= e.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    return first.size() > 1
        ? new Kin(seen, Optional.empty(), new TreeMap<>(), first)
        : first.stream()
            .findFirst()
            .map(identity -> of(seen, identity))
            .orElseGet(() -> new Kin(seen, Optional.empty(), new TreeMap<>(), List.of()));
  }

  /** Above all how many they are. */
  private static long weight(Server server) {
    return server.upstream().isPresent() ? 1_001 : 1_000;
  }

  /** Where it is known already. */
  static Kin of(Snapshot seen, String identity) {
    SortedMap<NodeName, String> strangers =
        seen.nodes().stream()
            .filter(n -> other(n, identity).isPresent())
            .collect(
                Collectors.toMap(
                    NodeView::name,
                    n -> other(n, identity).orElseThrow(),
                    (a, b) -> a,
                    () -> new TreeMap<>(Comparator.comparing(NodeName::value))));
    Function<NodeView, NodeView> without =
        n ->
            strangers.containsKey(n.name())
                ? new NodeView(n.name(), n.contact(), Optional.empty())
                : n;
    Snapshot kin = seen.of(seen.nodes().stream().map(without).toList());
    return new Kin(kin, Optional.of(identity), strangers, List.of());
  }

  private static Optional<String> other(NodeView node, String identity) {
    return node.server().flatMap(Server::identity).filter(its -> !its.equals(identity));
  }

  /** It can't be told whose data is the cluster's. */
  Optional<Refusal> unclear(Cluster cluster, NodeName leader) {
    if (torn.isEmpty()) {
      return Optional.empty();
    }
    String found =
        torn.stream()
            .map(
                identity ->
                    seen.nodes().stream()
                            .filter(
                                n ->
                                    n.server()
                                        .flatMap(Server::identity)
                                        .equals(Optional.of(identity)))
                            .map(n -> n.name().value())
                            .collect(Collectors.joining(" and "))
                        + " (identity "
                        + identity
                        + ")")
            .collect(Collectors.joining(", "));
    return Optional.of(
        Refusal.of(
            Refusal.Code.E_CANDIDATE_01,
            "the data of "
                + found
                + " is of different clusters, and "
                + leader
                + ", which knows the right one, does not answer.",
            "stop the server that is not of cluster " + cluster.name() + ", and type it again",
            "replctl status " + cluster.name()));
  }

  List<String> warnings() {
    return strangers.entrySet().stream()
        .map(
            e ->
                e.getKey()
                    + "'s data is of another cluster (identity "
                    + e.getValue()
                    + ", this one has "
                    + identity.orElse("?")
                    + "): it is left out, and not touched")
        .toList();
  }
}
