package replctl.playbooks.engine.postgresql;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;
import replctl.playbooks.engine.Site;
import replctl.playbooks.engine.Waiting;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Value;

/** What commits wait for: synchronous_standby_names and synchronous_commit, by durability.sh. */
public final class PostgresqlWaiting implements Waiting {
  private static final Duration QUICK = Duration.ofSeconds(30);

  /** Those who stream by then have little to catch up on. */
  private static final Duration REACHING = Duration.ofSeconds(15);

  @Override
  public Acks of(Replication asked, Replication.Mode mode, List<NodeName> ackers, int needed) {
    if (needed == 0 || ackers.isEmpty()) {
      return Acks.NONE;
    }
    boolean applied = mode == Replication.Mode.SYNC;
    return new Acks(
        Math.min(needed, ackers.size()),
        applied ? Acks.Level.APPLIED : Acks.Level.FLUSHED,
        applied,
        ackers,
        List.of(),
        false,
        List.of());
  }

  @Override
  public Step set(Site site, NodeName node, Acks wanted, List<NodeName> streaming) {
    Scripts scripts = new Scripts(site, node);
    Durability durability = Durability.of(wanted);
    String words =
        durability.names().isEmpty()
            ? "let commits wait for nobody"
            : "let commits wait for " + durability.names();
    Map<String, Value> values = new TreeMap<>();
    values.put("identity", scripts.identity());
    values.put("lock_wait", Value.of("15"));
    values.put("names", Value.of(durability.names()));
    values.put("commit", Value.of(durability.commit()));
    values.put("ackers", Value.of(joined(streaming)));
    Step step =
        scripts.step(
            "durability-" + node,
            site.seen(node).writable() ? words : words + ", should " + node + " lead",
            node,
            "durability",
            values,
            QUICK);
    Facts facts = site.facts(node);
    if (facts.text("setting.synchronous_standby_names").isEmpty()
        || facts.text("setting.synchronous_commit").isEmpty()) {
      return step;
    }
    Map<String, Value> before = new TreeMap<>(values);
    before.put("names", Value.of(facts.text("setting.synchronous_standby_names").orElse("")));
    before.put("commit", Value.of(facts.text("setting.synchronous_commit").orElse("")));
    before.put("ackers", Value.of(""));
    return step.undoneBy(scripts.perform(node, "durability", before));
  }

  @Override
  public Step reached(Site site, NodeName leader, Acks wanted) {
    return reached(new Scripts(site, leader), leader, wanted);
  }

  static Step reached(Scripts scripts, NodeName leader, Acks wanted) {
    return scripts.onData(
        "reached-" + leader,
        "see that those who acknowledge have what was acknowledged before",
        leader,
        "reached",
        Map.of(
            "needed", Value.of(Integer.toString(wanted.needed())),
            "ackers", Value.of(joined(wanted.ackers())),
            "patience", PostgresqlSetup.seconds(REACHING)),
        REACHING.plus(QUICK));
  }

  private static String joined(List<NodeName> nodes) {
    return nodes.stream().map(NodeName::value).collect(Collectors.joining(" "));
  }
}
