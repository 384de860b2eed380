package replctl.playbooks.verb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.decide.Loss;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.snapshot.Gap;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;

/** Why a leader may not be given up now. Pure. */
final class FailoverRules {
  private final Cluster cluster;
  private final Snapshot seen;
  private final LeaderRecord newest;
  private final NodeName old;

  FailoverRules(Cluster cluster, Snapshot seen, LeaderRecord newest) {
    this.cluster = cluster;
    this.seen = seen;
    this.newest = newest;
    this.old = newest.leader();
  }

  /** Nodes that can be told to stand still: followers whose host and server answer. */
  static List<NodeView> followers(Snapshot seen) {
    return seen.nodes().stream()
        .filter(
            n ->
                n.contact().answered()
                    && n.presence() == Presence.RUNNING
                    && n.role() == Role.FOLLOWER)
        .toList();
  }

  /** Whoever else takes writes would be a second leader. */
  Optional<Refusal> split() {
    List<NodeName> others =
        // One that says nothing, and whose files say that it leads, writes as soon as it goes on.
        seen.nodes().stream()
            .filter(n -> n.role() == Role.LEADER && !n.name().equals(old))
            .map(NodeView::name)
            .toList();
    if (others.isEmpty()) {
      return Optional.empty();
    }
    String names = others.stream().map(NodeName::value).collect(Collectors.joining(" and "));
    return Optional.of(
        Refusal.of(
            Refusal.Code.E_SPLIT_01,
            names
                + (others.stream().allMatch(n -> seen.node(n).writable())
                    ? " takes writes"
                    : " takes writes, or will when its server goes on")
                + ", and by the newest record (epoch "
                + newest.epoch()
                + ") "
                + old
                + " leads.",
            "if " + names + " was promoted by hand: replctl open " + others.get(0) + " --re-record",
            "else close it: replctl fence " + others.get(0)));
  }

  /** "I cannot reach it" is not "it is down". */
  Optional<Refusal> alive(Optional<String> broken) {
    NodeView leader = seen.node(old);
    if (broken.isPresent()) {
      return Optional.empty();
    }
    String despite = "replctl failover " + cluster.name() + " --leader-is-broken REASON";
    if (leader.writable()) {
      return Optional.of(
          Refusal.of(
              Refusal.Code.E_STATE_01,
              old + " answers and takes writes.",
              "replctl switchover " + cluster.name(),
              despite));
    }
    List<String> fed =
        seen.nodes().stream()
            .filter(n -> !n.name().equals(old) && reaches(n))
            .map(n -> n.name().value())
            .toList();
    if (!leader.contact().answered() && !fed.isEmpty()) {
      return Optional.of(
          Refusal.of(
              Refusal.Code.E_FENCE_02,
              old
                  + " does not answer this host ("
                  + leader.contact().words()
                  + "), but "
                  + String.join(" and ", fed)
                  + " can still log in to it: this is a network problem between it and this host.",
              "see to the network, or run replctl from another host",
              despite));
    }
    if (Failover.wouldLead(leader)) {
      return Optional.of(
          Refusal.of(
              Refusal.Code.E_STATE_01,
              old + "'s host is fine, and its server is stopped: starting it again loses nothing.",
              "replctl open " + old,
              "if it must not lead again: " + despite));
    }
    if (leader.role() == Role.CLOSED_LEADER && leader.presence() == Presence.RUNNING) {
      return Optional.of(
          Refusal.of(
              Refusal.Code.E_STATE_01,
              old + "'s server runs and takes no writes: opening it again loses nothing.",
              "replctl open " + old,
              "if it must not lead again: " + despite));
    }
    if (leader.presence() == Presence.STARTING) {
      return Optional.of(
          Refusal.of(
              Refusal.Code.E_STATE_01,
              old + "'s server is starting.",
              "wait for it: replctl status " + cluster.name(),
              "if it must not lead again: " + despite));
    }
    return Optional.empty();
  }

  /** What a follower's own host finds when it knocks at the leader's server. */
  private boolean reaches(NodeView node) {
    return node.server()
        .filter(s -> s.upstream().equals(Optional.of(old)))
        .map(Server::facts)
        .flatMap(f -> f.truth("upstream.answers"))
        .orElse(false);
  }

  /** What a delayed follower has is kept; what it has not applied yet can't be had at once. */
  static boolean mayLead(Node node) {
    return node.mayLead() && node.delay().isEmpty();
  }

  private String against(NodeName node) {
    return cluster
        .node(node)
        .flatMap(Node::delay)
        .map(delay -> "it applies what it has only after " + delay.toSeconds() + " s")
        .orElse("it is no follower that answers and may lead");
  }

  Optional<Refusal> candidate(Optional<NodeName> to) {
    List<NodeName> may =
        followers(seen).stream()
            .map(NodeView::name)
            .filter(
                n -> !n.equals(old) && cluster.node(n).filter(FailoverRules::mayLead).isPresent())
            .toList();
    if (to.isPresent() ? may.contains(to.get()) : !may.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Refusal.of(
            Refusal.Code.E_CANDIDATE_01,
            to.map(n -> n + " can't lead: " + against(n) + ".")
                .orElse("no follower that answers may lead."),
            "replctl candidates " + cluster.name()));
  }

  /** What would be lost if one of those that are seen led now. */
  Loss loss() {
    return Loss.ofRecorded(newest, seen);
  }

  /**
   * The loss is said before anything is closed.
   *
   * @param limit bytes; {@link Long#MAX_VALUE}: any
   */
  Optional<Refusal> loss(OptionalLong limit) {
    Loss loss = loss();
    long most = limit.orElse(0);
    if (loss.gap().within(most)) {
      return Optional.empty();
    }
    String how =
        loss.gap().isKnown()
            ? amount(loss.gap()) + " would be lost"
            : "what would be lost is not known: " + loss.why();
    List<String> next = new ArrayList<>();
    newest.ackers().stream()
        .filter(n -> !n.equals(old) && followers(seen).stream().noneMatch(f -> f.name().equals(n)))
        .findFirst()
        .ifPresent(n -> next.add("bring " + n + " back: what is missing may be there"));
    next.add(
        "replctl failover "
            + cluster.name()
            + " --accept-loss "
            + (loss.bytes().isPresent() ? loss.bytes().getAsLong() : "any"));
    return Optional.of(
        new Refusal(
            Refusal.Code.E_LOSS_01,
            how + " (limit max_loss " + most + ").",
            "Nothing was changed.",
            next));
  }

  private String amount(Gap gap) {
    return gap.bytes().isPresent()
        ? "up to " + gap.bytes().getAsLong() + " bytes of " + old + "'s log"
        : "up to " + gap.words() + " of " + old + "'s, of how many bytes is not known,";
  }

  List<String> warnings() {
    List<String> words = new ArrayList<>();
    Loss loss = loss();
    words.add(
        switch (loss.kind()) {
          case NONE -> "no acknowledged write will be lost";
          case NOT_RECEIVED -> amount(loss.gap()) + " will be lost";
          case UNKNOWN -> "what will be lost is not known: " + loss.why();
        });
    return words;
  }
}
