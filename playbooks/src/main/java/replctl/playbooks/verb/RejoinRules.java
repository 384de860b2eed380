package replctl.playbooks.verb;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.RejoinGoal;
import replctl.playbooks.engine.Site;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Refusal.Code;
import replctl.playbooks.snapshot.HostFact;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.verb.Rejoin.Aim;

/** Finds whom a node is to follow, or why it can't rejoin at all. */
final class RejoinRules {
  private final Site site;
  private final NodeName node;
  private final NodeView view;
  private final Rejoin.Options options;

  private RejoinRules(Site site, NodeName node, Rejoin.Options options) {
    this.site = site;
    this.node = node;
    this.view = site.seen(node);
    this.options = options;
  }

  static Aim aim(Site site, NodeName node, Rejoin.Options options) {
    RejoinRules rules = new RejoinRules(site, node, options);
    return rules
        .split()
        .or(rules::leaderless)
        .or(rules::leads)
        .or(rules::recorded)
        .or(rules::unreachable)
        .or(rules::unsettled)
        .or(rules::foreign)
        .<Aim>map(Aim.No::new)
        .orElseGet(rules::upstream);
  }

  private String look() {
    return "replctl status " + site.cluster().name();
  }

  private Optional<Refusal> split() {
    List<NodeView> writable = site.seen().writable();
    if (writable.size() < 2) {
      return Optional.empty();
    }
    String names =
        writable.stream().map(n -> n.name().value()).collect(Collectors.joining(" and "));
    return no(
        Code.E_SPLIT_01,
        names + " take writes, each on its own; what each of them alone has is in danger.",
        view.writable() ? "replctl fence " + node : look());
  }

  private Optional<Refusal> leaderless() {
    if (site.seen().leader().isPresent()) {
      return Optional.empty();
    }
    String silent =
        site.seen().nodes().stream()
            .filter(n -> !n.contact().answered())
            .map(n -> n.name() + " (" + n.contact().words() + ")")
            .collect(Collectors.joining(", "));
    return no(
        silent.isEmpty() ? Code.E_STATE_01 : Code.E_REACH_01,
        "no node is seen to take writes"
            + (silent.isEmpty() ? "" : "; no answer from " + silent)
            + ". A node rejoins one that leads.",
        look());
  }

  private Optional<Refusal> leads() {
    return view.writable()
        ? no(
            Code.E_STATE_01,
            node + " leads: it takes writes, and no other node does.",
            "replctl switchover " + site.cluster().name())
        : Optional.empty();
  }

  /** Whoever is written down as the leader and says nothing may take writes, unseen. */
  private Optional<Refusal> recorded() {
    NodeName leader = site.seen().leader().orElseThrow().name();
    return site.seen()
        .epochs()
        .newest()
        .filter(r -> !r.leader().equals(leader) && !r.leader().equals(node))
        .filter(r -> site.cluster().node(r.leader()).isPresent())
        .filter(r -> !site.seen(r.leader()).contact().answered())
        .flatMap(
            r ->
                no(
                    Code.E_STATE_01,
                    leader
                        + " takes writes, and epoch "
                        + r.epoch()
                        + " names "
                        + r.leader()
                        + " as the leader, which does not answer: "
                        + site.seen(r.leader()).contact().words()
                        + ".",
                    "see that " + r.leader() + " is closed: replctl fence " + r.leader(),
                    look()));
  }

  private Optional<Refusal> unreachable() {
    return view.contact().answered() && view.server().isPresent()
        ? Optional.empty()
        : no(Code.E_REACH_01, node + ": " + view.contact().words() + ".", look());
  }

  private Optional<Refusal> unsettled() {
    Presence presence = view.presence();
    boolean still =
        presence == Presence.ABSENT
            || presence == Presence.STOPPED
            || presence == Presence.RUNNING
            || (presence == Presence.STARTING && view.role() == Role.FOLLOWER);
    if (still) {
      return Optional.empty();
    }
    String why =
        view.server()
            .flatMap(s -> s.facts().text(HostFact.PRESENCE_WHY))
            .map(w -> ": " + w)
            .orElse("");
    return no(
        Code.E_STATE_01,
        node + "'s server is " + Rejoin.lower(presence) + why + ".",
        presence == Presence.HUNG || view.role() != Role.FOLLOWER
            ? "close it first: replctl fence " + node
            : "see what it does, and try again when it has come to rest: " + look());
  }

  private Optional<Refusal> foreign() {
    if (view.presence() == Presence.ABSENT) {
      return Optional.empty();
    }
    NodeName leader = site.seen().leader().orElseThrow().name();
    Optional<String> here = identity(node);
    Optional<String> there = identity(leader);
    String folder =
        view.server()
            .flatMap(s -> s.facts().text("data_directory"))
            .map(d -> " in " + d)
            .orElse("");
    return here.isPresent() && here.equals(there)
        ? Optional.empty()
        : no(
            Code.E_IDENTITY_01,
            node
                + "'s data"
                + folder
                + " belongs to another cluster ("
                + here.orElse("unknown")
                + ") than "
                + leader
                + "'s ("
                + there.orElse("unknown")
                + ").",
            "if nothing in it is needed, stop that server and move its data away, then:"
                + " replctl rejoin "
                + node);
  }

  private Optional<String> identity(NodeName name) {
    return site.seen(name).server().flatMap(Server::identity);
  }

  /** Whom it is to receive from. One that is not declared otherwise follows the leader. */
  private Aim upstream() {
    NodeName leader = site.seen().leader().orElseThrow().name();
    Optional<NodeName> declared =
        site.declared(node).cascadeFrom().filter(n -> suits(n, leader).isEmpty());
    NodeName from = options.to().or(() -> declared).orElse(leader);
    Optional<String> against = suits(from, leader);
    if (against.isPresent()) {
      return new Aim.No(
          Refusal.of(
              Code.E_STATE_01,
              node + " can't follow " + from + ": " + against.get() + ".",
              "replctl rejoin " + node,
              look()));
    }
    return new Aim.Reach(new RejoinGoal(site, node, leader, from, options.replace()));
  }

  /** Why nobody could receive from there now. */
  private Optional<String> suits(NodeName from, NodeName leader) {
    if (from.equals(node)) {
      return Optional.of("that is itself");
    }
    if (from.equals(leader)) {
      return Optional.empty();
    }
    NodeView other = site.seen(from);
    if (!other.contact().answered()) {
      return Optional.of(other.contact().words());
    }
    boolean streams = other.server().flatMap(Server::streaming).orElse(false);
    if (!streams || !identity(from).equals(identity(leader))) {
      return Optional.of(from + " does not stream itself");
    }
    Set<NodeName> passed = new HashSet<>();
    Optional<NodeName> at = Optional.of(from);
    while (at.isPresent() && passed.add(at.get())) {
      if (at.get().equals(node)) {
        return Optional.of(from + " receives from " + node);
      }
      at = site.seen(at.get()).server().flatMap(Server::upstream);
    }
    return Optional.empty();
  }

  private static Optional<Refusal> no(Code code, String found, String... next) {
    return Optional.of(Refusal.of(code, found, next));
  }
}
