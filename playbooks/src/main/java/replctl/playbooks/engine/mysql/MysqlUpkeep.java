package replctl.playbooks.engine.mysql;

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

/** How servers of MySQL that are members are restarted and stopped. */
final class MysqlUpkeep implements Upkeep {
  private static final Duration QUICK = Duration.ofSeconds(30);

  /** For the stop, which flushes what is dirty, and for the start: recovery decides how long. */
  private static final Duration RESTARTING = Duration.ofMinutes(5);

  /** A limit, not an estimate: what was written meanwhile must be applied. */
  private static final Duration APPLYING = Duration.ofHours(2);

  @Override
  public Step restart(Site site, NodeName leader, NodeName node) {
    MysqlScripts scripts = new MysqlScripts(site, leader);
    Map<String, Value> values = new TreeMap<>();
    values.put("wanted", Value.of(""));
    values.put("plugins", Value.of(""));
    values.put("as", Value.of(node.equals(leader) ? "leader" : "follower"));
    values.put("anew", Value.of("yes"));
    values.put("patience", MysqlScripts.seconds(RESTARTING));
    Map<String, Value> back = new TreeMap<>(values);
    back.put("anew", Value.of("finish"));
    return scripts
        .onData(
            "restart-" + node,
            "restart " + node,
            node,
            "restart",
            values,
            RESTARTING.multipliedBy(2))
        .undoneBy(scripts.performOnData(node, "restart", back));
  }

  @Override
  public Optional<Step> caughtUp(Site site, NodeName leader, NodeName node, NodeName from) {
    MysqlScripts scripts = new MysqlScripts(site, leader);
    boolean delayed = site.declared(node).delay().isPresent();
    Map<String, Value> values = new TreeMap<>(scripts.following(node, from, APPLYING));
    values.put("delayed", Value.of(delayed ? "yes" : "no"));
    return Optional.of(
        scripts.onData(
            "caught-up-" + node,
            "see that "
                + node
                + " receives, and has "
                + (delayed ? "" : "applied ")
                + "what "
                + from
                + " has",
            node,
            "caught-up",
            values,
            APPLYING.multipliedBy(3)));
  }

  @Override
  public Step stop(Site site, NodeName leader, NodeName node) {
    MysqlScripts scripts = new MysqlScripts(site, leader);
    Map<String, Value> back =
        Map.of("as", Value.of("follower"), "patience", MysqlScripts.seconds(RESTARTING));
    return scripts
        .onData(
            "stop-" + node,
            "stop " + node,
            node,
            "stop-follower",
            Map.of("patience", MysqlScripts.seconds(RESTARTING)),
            RESTARTING.plus(QUICK))
        .undoneBy(scripts.performOnData(node, "start", back));
  }

  @Override
  public boolean handoverRestarts() {
    return false;
  }

  @Override
  public List<String> whileStopped(NodeName node, NodeName from) {
    return List.of(
        from
            + " keeps its binary logs for "
            + node
            + " no longer than binlog_expire_logs_seconds: after that it must be copied anew");
  }
}
