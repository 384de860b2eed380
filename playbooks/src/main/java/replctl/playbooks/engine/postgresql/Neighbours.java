package replctl.playbooks.engine.postgresql;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.postgresql.Surveyed.Sender;
import replctl.playbooks.snapshot.Role;

/** Who receives from whom, told from both sides. */
record Neighbours(Map<NodeName, Surveyed> nodes, Map<NodeName, NodeName> upstream) {
  /** Puts the nodes together, those that did not answer too: something may be connected to them. */
  static Neighbours of(Collection<Surveyed> surveyed) {
    Map<NodeName, Surveyed> nodes = new LinkedHashMap<>();
    surveyed.forEach(s -> nodes.put(s.node().name(), s));
    Map<NodeName, NodeName> upstream = new LinkedHashMap<>();
    for (Surveyed one : surveyed) {
      if (one.role() == Role.FOLLOWER) {
        upstreamOf(one, surveyed).ifPresent(u -> upstream.put(one.node().name(), u));
      }
    }
    return new Neighbours(nodes, upstream);
  }

  /**
   * The node that it receives from, or is configured to: the address that its receiver is connected
   * to; else the one in its configuration; else the only node that says that it sends to it.
   */
  private static Optional<NodeName> upstreamOf(Surveyed follower, Collection<Surveyed> all) {
    Optional<String> host = follower.facts().text("receiver.host");
    OptionalLong port = follower.facts().number("receiver.port");
    if (host.isEmpty()) {
      host =
          follower
              .facts()
              .text("upstream.host")
              .or(() -> follower.facts().text("upstream.hostaddr"));
      port = follower.facts().number("upstream.port");
    }
    if (host.isPresent()) {
      String at = host.get();
      OptionalLong on = port;
      List<NodeName> there =
          all.stream()
              .filter(n -> !n.is(follower) && n.listensAt(at, on, follower))
              .map(n -> n.node().name())
              .toList();
      if (there.size() == 1) {
        return Optional.of(there.get(0));
      }
    }
    List<NodeName> senders =
        all.stream()
            .filter(n -> !n.is(follower) && n.identity().equals(follower.identity()))
            .filter(n -> row(n, follower).isPresent())
            .map(n -> n.node().name())
            .toList();
    return senders.size() == 1 ? Optional.of(senders.get(0)) : Optional.empty();
  }

  /**
   * What a node's upstream says of it; empty when the upstream did not answer or has no such row.
   */
  Optional<Sender> row(Surveyed follower) {
    return upstream(follower).flatMap(up -> row(up, follower));
  }

  /** The node that it receives from, where that one answered. */
  Optional<Surveyed> upstream(Surveyed follower) {
    return Optional.ofNullable(upstream.get(follower.node().name())).map(nodes::get);
  }

  /**
   * The leader at the end of the chain of upstreams; where the chain does not end at one that
   * answers, the only leader that does.
   */
  Optional<Surveyed> root(Surveyed follower) {
    Optional<Surveyed> end = chainEnd(follower).filter(Surveyed::answered);
    List<Surveyed> leaders =
        nodes.values().stream().filter(n -> n.answered() && n.role() == Role.LEADER).toList();
    return end.or(() -> leaders.size() == 1 ? Optional.of(leaders.get(0)) : Optional.empty());
  }

  private Optional<Surveyed> chainEnd(Surveyed follower) {
    Set<NodeName> passed = new LinkedHashSet<>();
    Optional<Surveyed> at = Optional.of(follower);
    while (at.isPresent() && passed.add(at.get().node().name())) {
      if (at.get().role() == Role.LEADER) {
        return at;
      }
      at = upstream(at.get());
    }
    return Optional.empty();
  }

  /** The row of that follower; of two with its name, the one from its own host. */
  private static Optional<Sender> row(Surveyed upstream, Surveyed follower) {
    String name = follower.application();
    List<Sender> named =
        upstream.senders().stream().filter(s -> s.application().equals(name)).toList();
    if (named.size() > 1) {
      named = named.stream().filter(s -> isFrom(s, follower)).toList();
    }
    return named.size() == 1 ? Optional.of(named.get(0)) : Optional.empty();
  }

  /** Whether a row's address is one of that node's; of what is not known, no. */
  static boolean isFrom(Sender sender, Surveyed follower) {
    return sender
        .address()
        .filter(a -> follower.addresses().contains(a) || a.equals(follower.node().host()))
        .isPresent();
  }

  /**
   * Whether it streams: both sides must say so. Empty when the follower itself did not answer. A
   * receiver whose upstream knows nothing of it is the half of a broken connection.
   */
  Optional<Boolean> streams(Surveyed follower) {
    if (!follower.answered()) {
      return Optional.empty();
    }
    if (!follower.receives()) {
      return Optional.of(false);
    }
    Optional<Surveyed> upstream = upstream(follower).filter(Surveyed::answered);
    if (upstream.isEmpty()) {
      return Optional.of(true);
    }
    String name = follower.application();
    return Optional.of(
        upstream.get().senders().stream().anyMatch(s -> s.application().equals(name)));
  }
}
