package replctl.playbooks.sim.mysql;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import replctl.inventory.NodeName;
import replctl.playbooks.sim.Dice;
import replctl.playbooks.sim.SimGuard;
import replctl.playbooks.sim.SimHost;
import replctl.playbooks.sim.SimWorld;

/** The servers of one cluster, as they reach each other by host name. */
final class MysqlNet {
  /** What a script sees to before it opens a server. */
  enum Forgotten {
    /** What it has received is applied. */
    APPLIED,
    /** It has all that it had when it stood still. */
    STOOD_STILL,
    /** What commits wait for is set first. */
    WAITS_FIRST,
    /** The epoch's row is its first transaction. */
    ROW
  }

  private final SimWorld world;
  private final Map<String, SimMysql> byHost = new TreeMap<>();
  private Optional<Forgotten> forgotten = Optional.empty();
  private boolean endsOpeners = true;
  private Set<SimGuard.Rule> deletedGuardRules = Set.of();

  MysqlNet(SimWorld world) {
    this.world = world;
  }

  SimMysql add(NodeName name) {
    SimMysql server = new SimMysql(world.add(name), this, byHost.size() + 1);
    byHost.put(name.value(), server);
    server.host().install(server);
    return server;
  }

  /** The server at that host, whatever it does. */
  Optional<SimMysql> at(String host) {
    return Optional.ofNullable(byHost.get(host));
  }

  /** Those that receive from that one. */
  List<SimMysql> receivers(SimMysql from) {
    return byHost.values().stream()
        .filter(s -> s.channel().receiver() == Channel.Receiver.ON)
        .filter(s -> s.channel().from().filter(f -> f == from).isPresent())
        .toList();
  }

  /** Whether a packet comes from the one to the other and back. */
  boolean linked(SimMysql one, SimMysql other) {
    return up(one.host()) && up(other.host());
  }

  private static boolean up(SimHost host) {
    return host.powered() && host.linked() && !host.frozen();
  }

  Set<SimGuard.Rule> deletedGuardRules() {
    return deletedGuardRules;
  }

  /** Breaks the world on purpose: start guards forget these rules. */
  void deletes(SimGuard.Rule... rules) {
    deletedGuardRules = Set.of(rules);
  }

  /** Breaks the world on purpose: scripts forget this. */
  void forgets(Forgotten rule) {
    forgotten = Optional.of(rule);
  }

  boolean remembers(Forgotten rule) {
    return !forgotten.equals(Optional.of(rule));
  }

  /** Breaks the world on purpose: sessions that open a server are let be. */
  void neverEndsOpeners() {
    endsOpeners = false;
  }

  boolean endsOpeners() {
    return endsOpeners;
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
