package replctl.playbooks.verb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.engine.Site;
import replctl.playbooks.epoch.Ballot;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Refusal.Code;
import replctl.playbooks.snapshot.EpochFile;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;

/** Whether a node may leave, and what the cluster is without it. */
final class RemoveRules {
  private final Engine engine;
  private final Site site;
  private final NodeName gone;
  private final LeaderRecord last;
  private final Remove.Options options;

  RemoveRules(Engine engine, Site site, NodeName gone, LeaderRecord last, Remove.Options options) {
    this.engine = engine;
    this.site = site;
    this.gone = gone;
    this.last = last;
    this.options = options;
  }

  /** The first rule that says no. */
  Optional<Refusal> objection() {
    return unknown()
        .or(this::split)
        .or(this::leads)
        .or(this::leaderless)
        .or(this::feedsOthers)
        .or(this::stillReceives)
        .or(this::tooFewAckers)
        .or(this::writesWouldWait)
        .or(this::noMajority);
  }

  LeaderRecord last() {
    return last;
  }

  boolean declared() {
    return site.cluster().node(gone).isPresent();
  }

  boolean witness() {
    return site.cluster().witnesses().stream().anyMatch(w -> w.name().equals(gone));
  }

  /** Whether its host can be told that it has left. */
  boolean answers() {
    return declared()
        && site.seen(gone).contact().answered()
        && site.seen(gone).server().isPresent();
  }

  NodeName leader() {
    return site.seen().leader().orElseThrow().name();
  }

  private String look() {
    return "replctl status " + site.cluster().name();
  }

  private Optional<Refusal> unknown() {
    boolean known = declared() || witness() || last.voters().contains(gone);
    return known
        ? Optional.empty()
        : no(
            Code.E_STATE_01,
            "there is no "
                + gone
                + ", neither in the inventory nor among the recorded voters ("
                + Init.words(last.voters())
                + ").",
            look());
  }

  private Optional<Refusal> split() {
    List<NodeView> writable = site.seen().writable();
    return writable.size() < 2
        ? Optional.empty()
        : no(
            Code.E_SPLIT_01,
            writable.stream().map(n -> n.name().value()).collect(Collectors.joining(" and "))
                + " take writes, each on its own.",
            look());
  }

  private Optional<Refusal> leads() {
    boolean leads =
        (declared() && site.seen(gone).writable())
            || (site.seen().leader().isEmpty() && last.leader().equals(gone));
    return leads
        ? no(
            Code.E_STATE_01,
            gone + " leads: another node must lead before it can leave.",
            "replctl switchover " + site.cluster().name(),
            "should it be lost: replctl failover " + site.cluster().name())
        : Optional.empty();
  }

  private Optional<Refusal> leaderless() {
    if (site.seen().leader().isPresent()) {
      return Optional.empty();
    }
    return no(
        Code.E_STATE_01,
        "no node is seen to take writes. A node leaves a cluster that has a leader.",
        look());
  }

  private Optional<Refusal> feedsOthers() {
    List<String> found = new ArrayList<>();
    List<String> next = new ArrayList<>();
    for (Node other : site.cluster().nodes()) {
      NodeName name = other.name();
      if (name.equals(gone)) {
        continue;
      }
      if (other.cascadeFrom().equals(Optional.of(gone))) {
        found.add(name + " is declared to receive from " + gone);
        next.add("take cascade_from of " + name + " out of the inventory");
      }
      Optional<NodeName> upstream = site.seen(name).server().flatMap(Server::upstream);
      if (upstream.equals(Optional.of(gone)) && site.seen(name).role() == Role.FOLLOWER) {
        found.add(name + " receives from " + gone);
        next.add("replctl rejoin " + name + " --to " + leader());
      }
    }
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                Code.E_STATE_01,
                String.join("; ", found) + ": it would receive from nobody.",
                "Nothing was changed.",
                next));
  }

  /** One that nobody can stop would go on receiving, and what is kept for it would stay. */
  private Optional<Refusal> stillReceives() {
    List<NodeName> feeding =
        answers() || witness()
            ? List.of()
            : site.cluster().nodes().stream()
                .map(Node::name)
                .filter(n -> !n.equals(gone) && engine.leaving().feeds(site, n, gone))
                .toList();
    return feeding.isEmpty()
        ? Optional.empty()
        : no(
            Code.E_REACH_01,
            gone
                + (declared() ? "'s host does not answer" : " is not in the inventory")
                + ", and its server still receives from "
                + Init.words(feeding)
                + ".",
            declared()
                ? "close it first: replctl fence " + gone
                : "put " + gone + " back into the inventory, so that its host can be reached",
            "replctl remove " + gone);
  }

  private Optional<Refusal> tooFewAckers() {
    if (witness()) {
      return Optional.empty();
    }
    Replication asked = site.cluster().replication();
    int needs =
        switch (asked.mode()) {
          case ASYNC -> 0;
          case SEMI_SYNC -> asked.acks();
          case SYNC -> 1;
        };
    int has = engine.setup().acks(rest(), leader()).ackers().size();
    if (has >= needs) {
      return Optional.empty();
    }
    return no(
        Code.E_STATE_01,
        "durability "
            + asked.mode().word()
            + " asks for "
            + needs
            + (needs == 1 ? " follower that acknowledges" : " followers that acknowledge")
            + ", and without "
            + gone
            + " there "
            + (has == 1 ? "is " : "are ")
            + has
            + ": writes would wait for ever.",
        "add another node first: replctl add NODE",
        "or ask for less in the inventory (replication: acks, mode), then: replctl remove " + gone);
  }

  /** Where the node holds writes up already, it is no reason to keep it. */
  private Optional<Refusal> writesWouldWait() {
    Snapshot seen = site.seen();
    List<String> present =
        seen.leader()
            .flatMap(NodeView::server)
            .flatMap(Server::acks)
            .filter(acks -> acks.needed() > 0)
            .map(acks -> acks.present())
            .orElse(List.of());
    int needed = engine.setup().acks(rest(), leader()).needed();
    long left = present.stream().filter(n -> !n.equals(gone.value())).count();
    return !present.contains(gone.value()) || left >= needed
        ? Optional.empty()
        : no(
            Code.E_STATE_01,
            "writes would wait without "
                + gone
                + ": they need "
                + needed
                + (needed == 1 ? " follower" : " followers")
                + ", and "
                + left
                + (left == 1 ? " is left" : " are left")
                + " that receive.",
            "bring another one back first: " + look(),
            "replctl remove " + gone);
  }

  private Optional<Refusal> noMajority() {
    if (majority()) {
      return Optional.empty();
    }
    if (!declared()) {
      return no(
          Code.E_EPOCH_02,
          "too few hosts with a vote answer ("
              + Init.words(answering())
              + " of "
              + Init.words(last.voters())
              + "), and what is not in the inventory can't be closed.",
          "put " + gone + " back into the inventory, then: replctl remove " + gone);
    }
    List<NodeName> others =
        silent().stream()
            .filter(n -> !n.equals(gone) && !options.confirmed().containsKey(n))
            .toList();
    if (others.isEmpty()) {
      return Optional.empty();
    }
    return no(
        Code.E_EPOCH_02,
        "too few hosts with a vote answer ("
            + Init.words(answering())
            + " of "
            + Init.words(last.voters())
            + "); without a majority every node that may lead and does not answer must be closed"
            + " first, "
            + Init.words(others)
            + " too.",
        "bring them up: " + look(),
        "or see that they are off, then: replctl remove "
            + gone
            + others.stream().map(n -> " --confirm-fenced " + n).collect(Collectors.joining()));
  }

  private List<NodeName> answering() {
    return last.voters().stream()
        .filter(v -> site.seen().epochs().of(v) instanceof EpochFile.Known known && known.votes())
        .toList();
  }

  /** Whether enough voters answer, of those that there are and of those that there will be. */
  boolean majority() {
    return Ballot.majority(answering(), last.voters()) && Ballot.majority(answering(), voters());
  }

  /** Nodes that may lead and do not answer: the one that leaves first. */
  List<NodeName> silent() {
    List<NodeName> silent =
        site.cluster().nodes().stream()
            .filter(Node::mayLead)
            .map(Node::name)
            .filter(n -> !n.equals(gone) && !site.seen(n).contact().answered())
            .toList();
    return declared() && !site.seen(gone).contact().answered()
        ? Stream.concat(Stream.of(gone), silent.stream()).toList()
        : silent;
  }

  List<NodeName> voters() {
    return last.voters().stream().filter(n -> !n.equals(gone)).toList();
  }

  /** The cluster without it: the leader, and followers of it that run. */
  SetupGoal rest() {
    Cluster cluster = site.cluster().without(gone);
    Snapshot seen =
        site.seen().of(site.seen().nodes().stream().filter(n -> !n.name().equals(gone)).toList());
    List<NodeName> part =
        cluster.nodes().stream()
            .map(Node::name)
            .filter(
                n ->
                    site.seen(n).contact().answered()
                        && site.seen(n).presence() == Presence.RUNNING
                        && (n.equals(leader()) || site.seen(n).role() == Role.FOLLOWER))
            .toList();
    return new SetupGoal(new Site(cluster, seen), leader(), part, SetupGoal.Policy.CAUTIOUS);
  }

  private static Optional<Refusal> no(Code code, String found, String... next) {
    return Optional.of(Refusal.of(code, found, next));
  }
}
