package replctl.playbooks.engine.mysql;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import replctl.inventory.NodeName;
import replctl.playbooks.snapshot.Role;

/**
 * Who receives from whom, told from both sides.
 *
 * @param upstream of each that has one: it is looked for among all others, so once
 */
record MysqlNeighbours(Map<NodeName, MysqlNode> nodes, Map<NodeName, MysqlNode> upstream) {
  /** Puts the nodes together, those that did not answer too: something may be connected to them. */
  static MysqlNeighbours of(Collection<MysqlNode> all) {
    Map<NodeName, MysqlNode> nodes = new LinkedHashMap<>();
    all.forEach(n -> nodes.put(n.name(), n));
    Map<NodeName, MysqlNode> upstream = new LinkedHashMap<>();
    all.forEach(n -> upstreamOf(n, all).ifPresent(u -> upstream.put(n.name(), u)));
    return new MysqlNeighbours(nodes, upstream);
  }

  /**
   * The node that it receives from, or is configured to: the one of the UUID that its channel
   * knows; else, since that may never have connected, the one at its address.
   */
  Optional<MysqlNode> upstream(MysqlNode follower) {
    return Optional.ofNullable(upstream.get(follower.name()));
  }

  private static Optional<MysqlNode> upstreamOf(MysqlNode follower, Collection<MysqlNode> all) {
    Optional<MysqlChannel> channel = follower.channel();
    Optional<String> uuid = channel.flatMap(MysqlChannel::sourceUuid);
    Optional<MysqlNode> named =
        uuid.flatMap(
            u ->
                only(
                    others(follower, all).stream()
                        .filter(n -> n.uuid().equals(Optional.of(u)))
                        .toList()));
    return named.or(
        () ->
            channel.flatMap(
                c ->
                    only(
                        others(follower, all).stream()
                            .filter(
                                n ->
                                    n.told()
                                        .listensAt(c.host().orElse(""), c.port(), follower.told()))
                            .toList())));
  }

  private static List<MysqlNode> others(MysqlNode than, Collection<MysqlNode> all) {
    return all.stream().filter(n -> !n.is(than)).toList();
  }

  private static Optional<MysqlNode> only(List<MysqlNode> found) {
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  /**
   * The leader at the end of the chain of upstreams; where the chain does not end at one that
   * answers, the only leader that does.
   */
  Optional<MysqlNode> root(MysqlNode follower) {
    Set<NodeName> passed = new LinkedHashSet<>();
    Optional<MysqlNode> at = Optional.of(follower);
    while (at.isPresent() && at.get().role() != Role.LEADER && passed.add(at.get().name())) {
      at = upstream(at.get());
    }
    return at.filter(n -> n.role() == Role.LEADER)
        .or(() -> only(nodes.values().stream().filter(n -> n.role() == Role.LEADER).toList()));
  }

  /** Whether it is that node, or its chain of upstreams leads there. */
  boolean isBelow(MysqlNode node, MysqlNode upper) {
    Set<NodeName> passed = new LinkedHashSet<>();
    Optional<MysqlNode> at = Optional.of(node);
    while (at.isPresent() && !at.get().is(upper) && passed.add(at.get().name())) {
      at = at.get().role() == Role.FOLLOWER ? upstream(at.get()) : Optional.empty();
    }
    return at.filter(n -> n.is(upper)).isPresent();
  }

  /**
   * What makes its data this cluster's: what init has written into it; else the server that leads
   * it, or led it last, by its channel and those of whom it receives from.
   */
  Optional<String> identity(MysqlNode node) {
    Set<NodeName> passed = new LinkedHashSet<>();
    MysqlNode at = node;
    while (node.identity().isEmpty() && passed.add(at.name())) {
      Optional<MysqlChannel> channel = at.role() == Role.LEADER ? Optional.empty() : at.channel();
      if (channel.isEmpty()) {
        return at.answered() ? at.uuid() : Optional.empty();
      }
      Optional<MysqlNode> next = upstream(at).filter(MysqlNode::answered);
      if (next.isEmpty()) {
        return channel.flatMap(MysqlChannel::sourceUuid);
      }
      at = next.get();
    }
    return node.identity();
  }

  /**
   * What it has that its leader has not, and that the leader's server did not make: the leader may
   * have been asked first. Where the leader does not answer, what none of the others has either.
   * Empty where it can't be told.
   */
  Optional<GtidSet> own(MysqlNode node) {
    Optional<MysqlNode> leader = root(node).filter(l -> !l.is(node) && l.answered());
    if (leader.isEmpty()) {
      return node.role() == Role.FOLLOWER ? ofNobodyElse(node) : Optional.empty();
    }
    Optional<GtidSet> alone =
        leader.flatMap(MysqlNode::executed).flatMap(w -> node.held().map(h -> h.without(w)));
    return alone.map(a -> a.without(a.of(leader.flatMap(MysqlNode::uuid).orElse(""))));
  }

  private Optional<GtidSet> ofNobodyElse(MysqlNode node) {
    List<String> lost = lost();
    List<GtidSet> others =
        others(node, nodes.values()).stream()
            .filter(MysqlNode::answered)
            .flatMap(n -> n.held().stream())
            .toList();
    if (lost.isEmpty() || others.isEmpty() || node.held().isEmpty()) {
      return Optional.empty();
    }
    GtidSet alone = node.held().get();
    for (GtidSet other : others) {
      alone = alone.without(other);
    }
    for (String uuid : lost) {
      alone = alone.without(alone.of(uuid));
    }
    return Optional.of(alone);
  }

  /** Servers that were received from and do not answer: one of them is the leader. */
  private List<String> lost() {
    List<MysqlNode> answered = nodes.values().stream().filter(MysqlNode::answered).toList();
    return answered.stream()
        .flatMap(n -> n.channel().flatMap(MysqlChannel::sourceUuid).stream())
        .filter(u -> answered.stream().noneMatch(n -> n.uuid().equals(Optional.of(u))))
        .distinct()
        .toList();
  }

  /** Whether it streams: both sides must say so. Empty when the follower itself did not answer. */
  Optional<Boolean> streams(MysqlNode follower) {
    if (!follower.answered()) {
      return Optional.empty();
    }
    if (follower.channel().filter(MysqlChannel::receives).isEmpty()) {
      return Optional.of(false);
    }
    Optional<MysqlNode> upstream = upstream(follower).filter(MysqlNode::answered);
    return Optional.of(upstream.isEmpty() || sends(upstream.get(), follower));
  }

  /**
   * Whether that server knows of this one as a receiver; one that says no name counts by address.
   */
  boolean sends(MysqlNode upstream, MysqlNode follower) {
    return upstream.senders().stream()
        .anyMatch(
            s ->
                s.uuid().isPresent()
                    ? s.uuid().equals(follower.uuid())
                    : s.address().filter(follower.told().addresses()::contains).isPresent());
  }
}
