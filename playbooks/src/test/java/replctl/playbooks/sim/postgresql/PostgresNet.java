package replctl.playbooks.sim.postgresql;

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
