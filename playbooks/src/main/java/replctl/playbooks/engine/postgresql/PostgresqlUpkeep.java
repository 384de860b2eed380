package replctl.playbooks.engine.postgresql;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Site;
import replctl.playbooks.engine.Upkeep;
import replctl.playbooks.plan.Step;
import replctl.playbooks.world.Value;

/** How servers of PostgreSQL that are members are restarted and stopped. */
final class PostgresqlUpkeep implements Upkeep {
  private static final Duration QUICK = Duration.ofSeconds(30);

  /** For the stop, which writes a checkpoint, and for the start: recovery decides how long. */
  private static final Duration RESTARTING = Duration.ofMinutes(5);

  /** For each time until it has applied more. */
  private static final Duration APPLYING = Duration.ofMinutes(2);

  /** A limit, not an estimate: what was written meanwhile must be received and applied. */
  private static final Duration CATCHING_UP = Duration.ofHours(6);

  @Override
  public Step restart(Site site, NodeName leader, NodeName node) {
    Scripts scripts = new Scripts(site, leader);
    Map<String, Value> values =
        Map.of(
            "identity", scripts.identity(),
            "parameters", Value.of(""),
            "anew", Value.of("yes"),
            "patience", PostgresqlSetup.seconds(RESTARTING));
    Map<String, Value> back = new TreeMap<>(values);
    back.put("anew", Value.of("finish"));
    return scripts
        .step(
            "restart-" + node,
            "restart " + node,
            node,
            "restart",
            values,
            RESTARTING.multipliedBy(2))
        .undoneBy(scripts.perform(node, "restart", back));
  }

  /** One that holds back replay begins to receive only when it has applied all that it has. */
  @Override
  public Optional<Step> caughtUp(Site site, NodeName leader, NodeName node, NodeName from) {
    if (site.declared(node).delay().isPresent()) {
      return Optional.empty();
    }
    Scripts scripts = new Scripts(site, leader);
    String conninfo = Conninfo.text(site, node, from, scripts.layout(node).state());
    return Optional.of(
        scripts.onData(
            "caught-up-" + node,
            "see that " + node + " streams, and has applied what " + from + " has",
            node,
            "caught-up",
            Map.of(
                "conninfo", Value.of(conninfo),
                "patience", PostgresqlSetup.seconds(APPLYING)),
            CATCHING_UP));
  }

  @Override
  public Step stop(Site site, NodeName leader, NodeName node) {
    Scripts scripts = new Scripts(site, leader);
    Map<String, Value> back =
        Map.of(
            "identity", scripts.identity(),
            "as", Value.of("follower"),
            "patience", PostgresqlSetup.seconds(RESTARTING));
    return scripts
        .onData(
            "stop-" + node,
            "stop " + node,
            node,
            "stop-follower",
            Map.of("patience", PostgresqlSetup.seconds(QUICK.multipliedBy(2))),
            QUICK.multipliedBy(5))
        .undoneBy(scripts.perform(node, "start", back));
  }

  @Override
  public boolean handoverRestarts() {
    return true;
  }

  @Override
  public List<String> whileStopped(NodeName node, NodeName from) {
    return List.of(
        from
            + " keeps all of its log for "
            + node
            + " until that is back, or until max_slot_wal_keep_size: see that its disk has room");
  }
}
