package replctl.playbooks.engine.mysql;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;
import replctl.playbooks.engine.Site;
import replctl.playbooks.engine.Waiting;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.world.Value;

/** What commits wait for: semi-synchronous replication, by durability.sh. */
public final class MysqlWaiting implements Waiting {
  private static final Duration QUICK = Duration.ofSeconds(30);

  /** Those who receive by then have little to catch up on. */
  private static final Duration REACHING = Duration.ofSeconds(15);

  /**
   * A follower of this engine can't be waited for until it has applied: in sync mode all of them
   * have received and flushed a commit (sync_relay_log = 1).
   */
  @Override
  public Acks of(Replication asked, Replication.Mode mode, List<NodeName> ackers, int needed) {
    return needed == 0 || ackers.isEmpty()
        ? Acks.NONE
        : new Acks(
            Math.min(needed, ackers.size()),
            Acks.Level.FLUSHED,
            false,
            ackers,
            List.of(),
            false,
            List.of(),
            patience(asked));
  }

  /** A server that is to degrade does so by itself, and at once to nobody. */
  private static Optional<Duration> patience(Replication asked) {
    return asked.onLostSync() == Replication.OnLostSync.DEGRADE
        ? Optional.of(asked.degradeAfter())
        : Optional.empty();
  }

  @Override
  public Step set(Site site, NodeName node, Acks wanted, List<NodeName> streaming) {
    MysqlScripts scripts = new MysqlScripts(site, node);
    MysqlDurability durability = MysqlDurability.of(wanted);
    Step step =
        scripts.onData(
            "durability-" + node,
            site.seen(node).writable()
                ? durability.words()
                : durability.words() + ", should " + node + " lead",
            node,
            "durability",
            values(site, durability, streaming),
            QUICK);
    Optional<MysqlDurability> before = MysqlDurability.read(site.facts(node), site.cluster());
    return before
        .map(
            b ->
                step.undoneBy(
                    scripts.performOnData(node, "durability", values(site, b, List.of()))))
        .orElse(step);
  }

  @Override
  public Step reached(Site site, NodeName leader, Acks wanted) {
    return reached(new MysqlScripts(site, leader), leader);
  }

  static Step reached(MysqlScripts scripts, NodeName leader) {
    return scripts.onData(
        "reached-" + leader,
        "see that those who acknowledge have what was acknowledged before",
        leader,
        "reached",
        Map.of("patience", MysqlScripts.seconds(REACHING)),
        REACHING.plus(QUICK));
  }

  /** What durability.sh is told; followers by the names that they give their servers. */
  static Map<String, Value> values(
      Site site, MysqlDurability durability, List<NodeName> streaming) {
    Map<String, Value> values = new TreeMap<>(durability.values());
    values.put("lock_wait", Value.of("15"));
    values.put(
        "streaming",
        Value.of(
            streaming.stream()
                .flatMap(n -> new MysqlNode(site.declared(n), site.facts(n)).uuid().stream())
                .collect(Collectors.joining(" "))));
    return values;
  }
}
