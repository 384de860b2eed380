package replctl.playbooks.decide.discovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import replctl.inventory.ClusterName;
import replctl.inventory.EngineKind;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;
import replctl.inventory.Ssh;
import replctl.inventory.yaml.ProposedCluster;
import replctl.inventory.yaml.ProposedCluster.Member;
import replctl.playbooks.decide.discovery.Naming.Named;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Peers.Peer;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;

/**
 * What was found, as an inventory that changes as little as possible. What nobody said it does not
 * know: that is a remark.
 */
public final class Proposing {
  private final Discovery discovery;
  private final List<Named> named;
  private final Snapshot seen;
  private final Optional<NodeName> leader;
  private final List<String> remarks = new ArrayList<>();

  private Proposing(Discovery discovery, List<Named> named, Snapshot seen) {
    this.discovery = discovery;
    this.named = named;
    this.seen = seen;
    leader = seen.leader().map(NodeView::name);
  }

  /** The nodes alone, as they are to be called and reached: with them their answers are read. */
  public static ProposedCluster bare(
      ClusterName name, EngineKind engine, Ssh ssh, List<Member> members) {
    return new ProposedCluster(
        name, engine, ssh, OptionalInt.empty(), Optional.of(async()), members, List.of());
  }

  /** A node of which no more is said than where it is. */
  public static Member bare(NodeName name, String host, int port) {
    return new Member(
        name, host, OptionalInt.of(port), false, Optional.empty(), Optional.empty(), List.of());
  }

  /**
   * The whole.
   *
   * @param seen what the nodes' answers mean together, under the names that they have in it
   * @param levels what the engine can wait for
   */
  public static ProposedCluster of(
      ProposedCluster bare,
      Discovery discovery,
      List<Named> named,
      Snapshot seen,
      Acks.Levels levels) {
    Proposing made = new Proposing(discovery, named, seen);
    int port = made.port();
    made.leaders();
    List<Member> members = named.stream().map(n -> made.member(n, port)).toList();
    Optional<Replication> replication = made.replication(levels, members);
    made.missing();
    made.remarks.add("decide: region and fence of each node; no server knows of them");
    return new ProposedCluster(
        bare.name(),
        bare.engine(),
        bare.ssh(),
        OptionalInt.of(port),
        replication,
        members,
        made.remarks);
  }

  /** The leader's, else the first one's. */
  private int port() {
    return named.stream()
        .filter(n -> leader.equals(Optional.of(n.name())))
        .findFirst()
        .orElse(named.get(0))
        .server()
        .port();
  }

  private void leaders() {
    List<NodeView> writable = seen.writable();
    if (writable.isEmpty()) {
      remarks.add("decide: leader: true; nobody who answered takes writes");
    } else if (writable.size() > 1) {
      String names =
          writable.stream().map(n -> n.name().value()).collect(Collectors.joining(" and "));
      remarks.add("decide: leader: true; " + names + " both take writes. Close all but one first");
    }
  }

  private Member member(Named one, int port) {
    List<String> said = new ArrayList<>();
    one.doubt().ifPresent(said::add);
    Optional<Server> server = seen.node(one.name()).server();
    Presence presence = server.map(Server::presence).orElse(Presence.UNKNOWN);
    if (presence != Presence.RUNNING) {
      said.add(
          "its server does not answer: "
              + one.server().facts().text("presence_why").orElse(word(presence)));
    }
    server
        .filter(s -> s.role() == Role.CLOSED_LEADER && presence == Presence.RUNNING)
        .ifPresent(s -> said.add("takes no writes, and receives from nobody"));
    server
        .filter(s -> s.streaming().equals(Optional.of(false)))
        .ifPresent(s -> said.add("follows, and does not receive at this moment"));
    one.server().peers().remarks().forEach(said::add);
    boolean leads = leader.equals(Optional.of(one.name()));
    int own = one.server().port();
    return new Member(
        one.name(),
        one.host(),
        own == port ? OptionalInt.empty() : OptionalInt.of(own),
        leads,
        leads ? Optional.empty() : cascadeFrom(one, said),
        leads ? Optional.<Duration>empty() : one.server().peers().delay(),
        said);
  }

  private static String word(Presence presence) {
    return switch (presence) {
      case ABSENT -> "there is none";
      case STOPPED -> "stopped";
      case STARTING -> "starting";
      case STOPPING -> "stopping";
      case HUNG -> "hung";
      case RUNNING, UNKNOWN -> "unknown";
    };
  }

  /** The one that it receives from, where that is not who leads. */
  private Optional<NodeName> cascadeFrom(Named one, List<String> said) {
    Optional<Peer> told = one.server().peers().upstream();
    Optional<Named> upstream = upstream(one);
    if (told.isPresent() && upstream.isEmpty()) {
      said.add(
          "decide: cascade_from; it receives from "
              + told.get().host()
              + ", which is not among the nodes below");
    }
    if (upstream.isEmpty() || leader.equals(upstream.map(Named::name))) {
      return Optional.empty();
    }
    if (isRound(one)) {
      said.add("decide: it and " + upstream.get().name() + " receive from each other");
      return Optional.empty();
    }
    // Without a leader whoever receives from nobody is followed, not cascaded from.
    return leader.isEmpty() && upstream(upstream.get()).isEmpty()
        ? Optional.empty()
        : upstream.map(Named::name);
  }

  private Optional<Named> upstream(Named one) {
    return discovery
        .upstream(one.server())
        .flatMap(
            up -> named.stream().filter(n -> n.server().asked().equals(up.asked())).findFirst());
  }

  private boolean isRound(Named start) {
    Set<NodeName> passed = new HashSet<>();
    Optional<Named> at = upstream(start);
    while (at.isPresent() && passed.add(at.get().name())) {
      if (at.get().name().equals(start.name())) {
        return true;
      }
      at = upstream(at.get());
    }
    return false;
  }

  private Optional<Replication> replication(Acks.Levels levels, List<Member> members) {
    int direct = (int) members.stream().filter(m -> m.cascadeFrom().isEmpty()).count() - 1;
    Optional<Acks> acks = seen.leader().flatMap(NodeView::server).flatMap(Server::acks);
    if (acks.isEmpty()) {
      remarks.add(
          "decide: replication; what a write waits for is not known, since no leader said so");
      return direct > 0 ? Optional.empty() : Optional.of(async());
    }
    Acks now = acks.get();
    if (now.needed() == 0 || direct <= 0) {
      if (now.needed() > 0) {
        remarks.add("decide: replication; writes wait for somebody who is not among these nodes");
      }
      return Optional.of(async());
    }
    remarksOn(now, levels, direct);
    long punctual =
        members.stream().filter(m -> m.cascadeFrom().isEmpty() && m.delay().isEmpty()).count() - 1;
    boolean all = now.needed() == punctual && now.ackers().size() == punctual;
    boolean applied = now.level() == levels.sync() && levels.sync() != levels.semiSync();
    return Optional.of(
        new Replication(
            applied && all && punctual > 0 ? Replication.Mode.SYNC : Replication.Mode.SEMI_SYNC,
            Math.min(now.needed(), direct),
            now.patience().isPresent()
                ? Replication.OnLostSync.DEGRADE
                : Replication.OnLostSync.BLOCK,
            now.patience().orElse(Replication.DEFAULTS.degradeAfter()),
            0));
  }

  private void remarksOn(Acks now, Acks.Levels levels, int direct) {
    if (now.needed() > direct) {
      remarks.add(
          "decide: acks; now writes wait for "
              + now.needed()
              + " followers, and fewer were found that could acknowledge");
    }
    if (!now.strangers().isEmpty()) {
      remarks.add(
          "writes wait for names that none of these nodes has: "
              + String.join(", ", now.strangers()));
    }
    if (now.anybody()) {
      remarks.add("now any follower can acknowledge, whatever its name; init sets these nodes'");
    }
    if (now.level().compareTo(levels.semiSync()) < 0) {
      remarks.add("now followers acknowledge what is not on their disks yet; init sets that");
    }
  }

  private void missing() {
    for (Discovery.Missing one : discovery.lacking()) {
      String teller =
          named.stream()
              .filter(n -> n.server().asked().equals(one.teller().asked()))
              .map(n -> n.name().value())
              .findFirst()
              .orElse(one.teller().asked().host());
      String host = one.peer().host().isEmpty() ? "its own host" : one.peer().host();
      String name = one.peer().name().map(n -> n + " at ").orElse("");
      remarks.add(
          "not taken in: "
              + name
              + host
              + ", "
              + (one.upstream()
                  ? "from which " + teller + " receives"
                  : "which receives from " + teller)
              + ": "
              + one.why());
    }
  }

  private static Replication async() {
    Replication usual = Replication.DEFAULTS;
    return new Replication(
        Replication.Mode.ASYNC, usual.acks(), usual.onLostSync(), usual.degradeAfter(), 0);
  }
}
