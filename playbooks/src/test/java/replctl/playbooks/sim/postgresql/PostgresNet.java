package replctl.playbooks.sim.postgresql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import replctl.inventory.NodeName;
import replctl.playbooks.sim.Dice;
import replctl.playbooks.sim.SimGuard;
import replctl.playbooks.sim.SimWorld;

/** The servers of one cluster, as they reach each other by host name. */
public final class PostgresNet {
  private final SimWorld world;
  private final Map<String, SimPostgres> byHost = new TreeMap<>();
  private Set<SimGuard.Rule> deletedGuardRules = Set.of();

  PostgresNet(SimWorld world) {
    this.world = world;
  }

  SimPostgres add(NodeName name) {
    SimPostgres server = new SimPostgres(world.add(name), this);
    byHost.put(name.value(), server);
    server.host().install(server);
    return server;
  }

  /** A role's password is another one from that record of the log on. */
  record Changed(WalEntry since, String role, String password) {}

  private final List<Changed> passwords = new ArrayList<>();

  void changed(WalEntry since, String role, String password) {
    passwords.add(new Changed(since, role, password));
  }

  /** The password that a server with that log has of the role; empty: the one of its beginning. */
  Optional<String> password(SimPostgres server, String role) {
    List<WalEntry> log = server.wal().entries();
    int has = Math.min(server.replayedEntries(), log.size());
    return passwords.stream()
        .filter(c -> c.role().equals(role))
        .filter(c -> log.subList(0, has).contains(c.since()))
        .reduce((before, after) -> after)
        .map(Changed::password);
  }

  /**
   * The server at that host, if its processes and its host are up enough to answer a connection.
   */
  Optional<SimPostgres> at(String host) {
    return Optional.ofNullable(byHost.get(host));
  }

  Set<SimGuard.Rule> deletedGuardRules() {
    return deletedGuardRules;
  }

  /** Breaks the world on purpose: start guards forget these rules. */
  void deletes(SimGuard.Rule... rules) {
    deletedGuardRules = Set.of(rules);
  }

  SimWorld world() {
    return world;
  }

  long now() {
    return world.time().now();
  }

  Dice dice() {
    return world.dice();
  }

  void acknowledge(long write) {
    world.clients().acknowledge(write);
  }
}
