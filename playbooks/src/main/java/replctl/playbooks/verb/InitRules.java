package replctl.playbooks.verb;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.decide.SameServer;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.engine.Site;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.verb.Init.Found;

/** Finds who leads, or why init can't begin. */
final class InitRules {
  private final Site site;
  private final Init.Options options;
  private final List<NodeName> nodes;

  private InitRules(Site site, Init.Options options) {
    this.site = site;
    this.options = options;
    this.nodes =
        site.cluster().nodes().stream()
            .map(Node::name)
            .filter(n -> !options.without().contains(n))
            .toList();
  }

  /** What is to be reached, or the first rule that says no. */
  static Found goal(Site site, Init.Options options) {
    InitRules rules = new InitRules(site, options);
    return rules
        .split()
        .or(rules::unreachable)
        .or(rules::unsettled)
        .<Found>map(Found.No::new)
        .orElseGet(rules::leader);
  }

  /** Every node counts, also one that is left out. */
  private Optional<Refusal> split() {
    Optional<SameServer.Pair> same = SameServer.of(site.seen());
    if (same.isPresent()) {
      return Optional.of(
          Refusal.of(Refusal.Code.E_IDENTITY_01, same.get().words() + ".", same.get().cure()));
    }
    List<NodeName> writable = site.seen().writable().stream().map(NodeView::name).toList();
    return writable.size() < 2
        ? Optional.empty()
        : Optional.of(
            Refusal.of(
                Refusal.Code.E_SPLIT_01,
                Init.words(writable) + " take writes, each on its own.",
                "find out which of them clients write to: replctl status",
                "stop the others by hand; what they have and it has not is lost to it"));
  }

  private Optional<Refusal> unreachable() {
    List<NodeView> silent =
        views().filter(v -> !v.contact().answered() || v.server().isEmpty()).toList();
    if (silent.isEmpty()) {
      return Optional.empty();
    }
    String found =
        silent.stream()
            .map(v -> v.name() + ": " + v.contact().words())
            .collect(Collectors.joining("\n"));
    List<String> next = new ArrayList<>();
    boolean leader = silent.stream().anyMatch(v -> isDeclaredLeader(v.name()));
    if (!leader && silent.size() < nodes.size()) {
      next.add(
          "go on without: replctl init"
              + silent.stream().map(v -> " --without " + v.name()).collect(Collectors.joining()));
    } else {
      next.add("bring it up, or see why it does not answer: replctl status");
    }
    return Optional.of(new Refusal(Refusal.Code.E_REACH_01, found, "Nothing was changed.", next));
  }

  private Optional<Refusal> unsettled() {
    return views()
        .filter(v -> !Init.settled(v.presence()))
        .findFirst()
        .map(
            v ->
                Refusal.of(
                    Refusal.Code.E_STATE_01,
                    v.name()
                        + "'s server is "
                        + v.presence().name().toLowerCase(Locale.ROOT)
                        + v.server()
                            .flatMap(s -> s.facts().text("presence_why"))
                            .map(why -> ": " + why)
                            .orElse("")
                        + ".",
                    "see what it does, and try again when it has come to rest: replctl status"));
  }

  private Found leader() {
    Optional<NodeName> writable =
        Init.only(site.seen().writable().stream().map(NodeView::name).toList());
    if (writable.isPresent()) {
      return nodes.contains(writable.get())
          ? follows(writable.get())
          : no(
              Refusal.Code.E_STATE_01,
              writable.get() + " leads, and was to be left out.",
              "leave it in: replctl init");
    }
    Optional<NodeName> declared =
        site.cluster().declaredLeader().map(Node::name).filter(nodes::contains);
    List<NodeName> withData =
        nodes.stream().filter(n -> site.seen(n).presence() != Presence.ABSENT).toList();
    if (declared.isEmpty()) {
      return no(
          Refusal.Code.E_STATE_01,
          "no node leads, and the inventory names none that shall.",
          "write leader: true at one node of the inventory");
    }
    NodeName first = declared.get();
    boolean alone = withData.isEmpty() || withData.equals(List.of(first));
    if (alone && !options.without().isEmpty()) {
      return no(
          Refusal.Code.E_STATE_01,
          Init.words(options.without())
              + " may have the data of a cluster that leads: a first leader is started only when"
              + " every node is seen.",
          "bring it up, or take it out of the inventory");
    }
    if (alone && site.seen(first).role() != Role.FOLLOWER) {
      return follows(first);
    }
    return no(
        Refusal.Code.E_STATE_01,
        "no node takes writes, and there is data on " + Init.words(withData) + ".",
        "see what is there: replctl status",
        "start the one that leads; init goes on from there");
  }

  /** Everybody else must be able to become, or be, a follower of it. */
  private Found follows(NodeName leader) {
    Optional<String> identity = identity(leader);
    for (NodeName node : nodes) {
      NodeView view = site.seen(node);
      if (node.equals(leader) || view.presence() == Presence.ABSENT) {
        continue;
      }
      if (identity.isEmpty() || !identity(node).equals(identity)) {
        return no(
            Refusal.Code.E_IDENTITY_01,
            node
                + "'s data"
                + folder(view)
                + " belongs to another cluster ("
                + identity(node).orElse("unknown")
                + ") than "
                + leader
                + "'s ("
                + identity.orElse("none yet")
                + ").",
            "if nothing in it is needed, stop that server and move its data away, then:"
                + " replctl init",
            "or go on without: replctl init --without " + node);
      }
      if (view.role() != Role.FOLLOWER) {
        return no(
            Refusal.Code.E_STATE_01,
            node + " has this cluster's data and would lead when started: it led before.",
            "save what it alone has and move its data folder away, then: replctl init",
            "or go on without: replctl init --without " + node);
      }
    }
    return new Found.Goal(new SetupGoal(site, leader, nodes, options.policy()));
  }

  private Stream<NodeView> views() {
    return nodes.stream().map(site::seen);
  }

  private Optional<String> identity(NodeName node) {
    return site.seen(node).server().flatMap(Server::identity);
  }

  private static String folder(NodeView view) {
    return view.server()
        .flatMap(s -> s.facts().text("data_directory"))
        .map(d -> " in " + d)
        .orElse("");
  }

  private boolean isDeclaredLeader(NodeName node) {
    return site.cluster().declaredLeader().map(Node::name).equals(Optional.of(node));
  }

  private static Found no(Refusal.Code code, String found, String... next) {
    return new Found.No(Refusal.of(code, found, next));
  }
}
