package replctl.playbooks.verb;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;

/** What speaks against a restart, and what is to be known before it. Pure. */
record RestartRules(Cluster cluster, Snapshot seen) {
  Optional<Refusal> against(RestartOptions options) {
    return leaderless()
        .or(
            () ->
                options.node().isPresent()
                    ? node(options.node().get(), options)
                    : rolling(options));
  }

  private String look() {
    return "replctl status " + cluster.name();
  }

  /** Whether writes would wait, and who is to be restarted last, is told by the leader. */
  Optional<Refusal> leaderless() {
    List<NodeView> writable = seen.writable();
    if (writable.size() == 1) {
      return Optional.empty();
    }
    if (!writable.isEmpty()) {
      String names =
          writable.stream().map(n -> n.name().value()).collect(Collectors.joining(" and "));
      return Optional.of(
          Refusal.of(Refusal.Code.E_SPLIT_01, "two writable servers: " + names + ".", look()));
    }
    String silent =
        seen.nodes().stream()
            .filter(n -> !n.contact().answered())
            .map(n -> n.name() + " (" + n.contact().words() + ")")
            .collect(Collectors.joining(", "));
    return Optional.of(
        Refusal.of(
            silent.isEmpty() ? Refusal.Code.E_STATE_01 : Refusal.Code.E_REACH_01,
            "no node is seen to take writes"
                + (silent.isEmpty() ? "" : "; no answer from " + silent)
                + ".",
            look()));
  }

  private Optional<Refusal> node(NodeName node, RestartOptions options) {
    NodeView view = seen.node(node);
    if (!view.contact().answered()) {
      return Optional.of(
          Refusal.of(
              Refusal.Code.E_REACH_01,
              node + " does not answer: " + view.contact().words() + ".",
              look()));
    }
    if (view.writable() && options.leader() == RestartOptions.OfLeader.SWITCHOVER) {
      return Optional.of(
          Refusal.of(
              Refusal.Code.E_STATE_01,
              node + " leads: while it restarts no write is taken.",
              "replctl switchover " + cluster.name() + ", then: replctl restart " + node,
              "replctl restart --rolling",
              "replctl restart " + node + " --leader in-place"));
    }
    if (view.presence() != Presence.RUNNING) {
      return Optional.of(
          Refusal.of(
              Refusal.Code.E_STATE_01,
              node
                  + "'s server is "
                  + view.presence().name().toLowerCase(Locale.ROOT)
                  + ": only one that runs is restarted.",
              view.presence() == Presence.STOPPED ? "replctl start " + node : look()));
    }
    return Optional.empty();
  }

  /** One that does not receive already would leave the cluster with two of those at a time. */
  private Optional<Refusal> rolling(RestartOptions options) {
    Optional<NodeView> silent =
        followers()
            .filter(n -> !n.contact().answered() && !options.without().contains(n.name()))
            .findFirst();
    if (silent.isPresent()) {
      NodeName node = silent.get().name();
      return Optional.of(
          Refusal.of(
              Refusal.Code.E_REACH_01,
              node
                  + " does not answer ("
                  + silent.get().contact().words()
                  + "): it could not be restarted.",
              look(),
              "for the others: replctl restart --rolling --without " + node));
    }
    List<NodeName> broken =
        followers()
            .filter(n -> runs(n) && !streams(n) && !options.without().contains(n.name()))
            .map(NodeView::name)
            .toList();
    if (!broken.isEmpty()) {
      return Optional.of(
          Refusal.of(
              Refusal.Code.E_STATE_01,
              broken.stream().map(NodeName::value).collect(Collectors.joining(" and "))
                  + (broken.size() == 1 ? " does" : " do")
                  + " not receive: no other follower is stopped before that is mended.",
              "replctl lag " + cluster.name(),
              "replctl rejoin " + broken.get(0),
              "replctl restart " + broken.get(0)));
    }
    if (followers().noneMatch(n -> runs(n) && !options.without().contains(n.name()))
        && options.leader() != RestartOptions.OfLeader.IN_PLACE) {
      return Optional.of(
          Refusal.of(
              Refusal.Code.E_STATE_01,
              "there is no follower that runs.",
              look(),
              "for the leader alone: replctl restart --rolling --leader in-place"));
    }
    return Optional.empty();
  }

  /** The same no of a switchover, with the other ways. */
  Refusal nobodyTakesOver(Refusal no) {
    List<String> next = new ArrayList<>(no.next());
    next.add("where writes may stand still: replctl restart --rolling --leader in-place");
    next.add("for the followers alone: replctl restart --rolling --leader leave");
    return new Refusal(no.code(), no.found(), no.unchanged(), next);
  }

  /** What is to be known before that follower restarts. */
  List<String> warnings(NodeName follower) {
    List<String> words = new ArrayList<>();
    Acknowledging.left(seen, follower)
        .filter(Acknowledging::waits)
        .ifPresent(left -> words.add("while it restarts " + left.words(follower)));
    if (cluster.node(follower).flatMap(n -> n.delay()).isPresent()) {
      words.add(
          follower
              + " holds back what it applies: it may receive again only when it has applied that,"
              + " and is not waited for");
    }
    return words;
  }

  /** Those that a rolling restart does not touch. */
  List<String> leftOut(RestartOptions options) {
    return followers()
        .filter(n -> !runs(n) || options.without().contains(n.name()))
        .map(
            n ->
                n.name()
                    + " is left out"
                    + (options.without().contains(n.name())
                        ? ", as asked"
                        : ": its server is " + n.presence().name().toLowerCase(Locale.ROOT)))
        .toList();
  }

  private Stream<NodeView> followers() {
    return seen.nodes().stream().filter(n -> !n.writable());
  }

  private static boolean runs(NodeView node) {
    return node.contact().answered() && node.presence() == Presence.RUNNING;
  }

  private static boolean streams(NodeView node) {
    return node.server().flatMap(Server::streaming).orElse(false);
  }
}
