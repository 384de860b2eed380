package replctl.playbooks.engine.postgresql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import replctl.playbooks.snapshot.Peers;
import replctl.playbooks.snapshot.Peers.Peer;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.world.Facts;

/** Whom a server of PostgreSQL's replicates with, by its own word. */
final class PostgresqlPeers {
  /** What a receiver calls itself that was given no name; also others of PostgreSQL's programs. */
  private static final Set<String> NAMELESS =
      Set.of("walreceiver", "pg_receivewal", "pg_basebackup");

  private PostgresqlPeers() {}

  static Peers of(Surveyed one) {
    Facts facts = one.facts();
    List<String> remarks = new ArrayList<>();
    Optional<Peer> upstream = one.role() == Role.FOLLOWER ? upstream(one) : Optional.empty();
    Set<Long> logical = logicalPids(one);
    List<Peer> followers = new ArrayList<>();
    int subscribers = 0;
    for (int i = 1; i <= one.count("sender"); i++) {
      String row = "sender." + i + ".";
      OptionalLong pid = facts.number(row + "pid");
      if (pid.isPresent() && logical.contains(pid.getAsLong())) {
        subscribers++;
      } else if (!facts.text(row + "state").orElse("").equals("backup")) {
        followers.add(
            new Peer(
                facts.text(row + "address").orElse(""),
                OptionalInt.empty(),
                facts.text(row + "application").filter(n -> !NAMELESS.contains(n)),
                one.identity()));
      }
    }
    if (subscribers > 0) {
      remarks.add("sends to logical subscribers too (" + subscribers + "), which are no nodes");
    }
    return new Peers(
        one.identity(),
        facts.text("upstream.application_name").filter(n -> !NAMELESS.contains(n)),
        upstream,
        followers,
        delay(one),
        remarks);
  }

  /** The one that its receiver is connected to, or else the first that its configuration names. */
  private static Optional<Peer> upstream(Surveyed one) {
    Facts facts = one.facts();
    Optional<String> host = facts.text("receiver.host");
    Optional<String> port = facts.text("receiver.port");
    if (host.isEmpty()) {
      host = facts.text("upstream.host").or(() -> facts.text("upstream.hostaddr"));
      port = facts.text("upstream.port");
    }
    OptionalInt at = port.map(PostgresqlPeers::port).orElse(OptionalInt.of(5432));
    return host.map(h -> h.split(",", 2)[0])
        .map(h -> h.startsWith("/") ? "" : h)
        .map(h -> new Peer(h, at, Optional.empty(), one.identity()));
  }

  private static OptionalInt port(String text) {
    String first = text.split(",", 2)[0];
    return first.matches("[1-9][0-9]{0,4}")
        ? OptionalInt.of(Integer.parseInt(first))
        : OptionalInt.empty();
  }

  private static Set<Long> logicalPids(Surveyed one) {
    Set<Long> pids = new TreeSet<>();
    for (int i = 1; i <= one.count("slot"); i++) {
      String row = "slot." + i + ".";
      if (one.facts().text(row + "type").filter("logical"::equals).isPresent()) {
        one.facts().number(row + "active_pid").ifPresent(pids::add);
      }
    }
    return pids;
  }

  private static Optional<Duration> delay(Surveyed one) {
    long ms = one.settingNumber("recovery_min_apply_delay").orElse(0);
    return one.role() == Role.FOLLOWER && ms > 0
        ? Optional.of(Duration.ofMillis(ms))
        : Optional.empty();
  }
}
