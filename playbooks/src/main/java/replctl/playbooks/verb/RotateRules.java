package replctl.playbooks.verb;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;

/** What speaks against renewing passwords or certificates now. Pure. */
record RotateRules(Cluster cluster, Snapshot seen) {
  /** The leader alone changes a password, and all others get it from there. */
  Optional<Refusal> leaderless() {
    return new RestartRules(cluster, seen).leaderless();
  }

  /**
   * One that does not take part would not be let in any more.
   *
   * @param without those that are left for later
   */
  Optional<Refusal> passwords(List<NodeName> without) {
    NodeName leader = seen.leader().orElseThrow().name();
    if (without.contains(leader)) {
      return state(leader + " leads: without it no password is changed.", look());
    }
    List<Node> part = cluster.nodes().stream().filter(n -> !without.contains(n.name())).toList();
    Optional<Refusal> silent =
        part.stream()
            .filter(n -> !runs(n.name()))
            .findFirst()
            .map(
                n ->
                    Refusal.of(
                        Refusal.Code.E_REACH_01,
                        n.name()
                            + " "
                            + trouble(n.name())
                            + ": it would go on with the old password, and not be let in.",
                        look(),
                        "to give it the new one later: replctl rotate password --without "
                            + n.name()));
    return silent
        .or(
            () ->
                part.stream()
                    .filter(n -> !n.name().equals(leader) && n.delay().isEmpty())
                    .filter(n -> !streams(n.name()))
                    .findFirst()
                    .flatMap(
                        n ->
                            state(
                                n.name() + " does not receive: it would not get to know them.",
                                "replctl lag " + cluster.name(),
                                "replctl rejoin " + n.name())))
        .or(this::behindADelay);
  }

  /** It would be let in by a server that knows of the new password an hour later. */
  private Optional<Refusal> behindADelay() {
    return cluster.nodes().stream()
        .filter(
            n ->
                seen.node(n.name())
                    .server()
                    .flatMap(Server::upstream)
                    .flatMap(cluster::node)
                    .flatMap(Node::delay)
                    .isPresent())
        .findFirst()
        .flatMap(
            n ->
                state(
                    n.name()
                        + " receives from a node that holds back what it applies, and with it the"
                        + " new password.",
                    "take delay out of the inventory, then: replctl init"));
  }

  /**
   * A key is made on its own host, and a server shows what it is told to.
   *
   * @param nodes whose certificates are renewed
   * @param named whether they were named
   */
  Optional<Refusal> certificates(List<NodeName> nodes, boolean named) {
    List<NodeName> silent = nodes.stream().filter(n -> !runs(n)).toList();
    if (silent.isEmpty()) {
      return Optional.empty();
    }
    String others =
        nodes.stream()
            .filter(n -> !silent.contains(n))
            .map(NodeName::value)
            .collect(Collectors.joining(" "));
    NodeName first = silent.get(0);
    String found = first + " " + trouble(first) + ": its key is made on its own host.";
    return Optional.of(
        named || others.isEmpty()
            ? Refusal.of(Refusal.Code.E_REACH_01, found, look())
            : Refusal.of(
                Refusal.Code.E_REACH_01,
                found,
                look(),
                "for the others: replctl rotate certificate " + others));
  }

  private boolean runs(NodeName node) {
    NodeView view = seen.node(node);
    return view.contact().answered() && view.presence() == Presence.RUNNING;
  }

  private boolean streams(NodeName node) {
    return seen.node(node).server().flatMap(Server::streaming).orElse(false);
  }

  private String trouble(NodeName node) {
    NodeView view = seen.node(node);
    return view.contact().answered()
        ? "is " + view.presence().name().toLowerCase(Locale.ROOT)
        : "does not answer (" + view.contact().words() + ")";
  }

  private static Optional<Refusal> state(String found, String... next) {
    return Optional.of(Refusal.of(Refusal.Code.E_STATE_01, found, next));
  }

  private String look() {
    return "replctl status " + cluster.name();
  }
}
