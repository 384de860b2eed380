package replctl.playbooks.engine.mysql;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Promotion;
import replctl.playbooks.engine.Salvage;
import replctl.playbooks.engine.Site;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Lane;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Position;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Value;

/** How a MySQL follower becomes the leader: freeze.sh, fetch.sh, promote.sh, epoch-row.sh. */
public final class MysqlPromotion implements Promotion {
  private static final Duration QUICK = Duration.ofSeconds(30);

  /** A receiver that reads from a host without power ends at once all the same. */
  private static final Duration FREEZE = Duration.ofSeconds(15);

  /**
   * The most that a preferred candidate may need to get the rest, which the fullest applies first.
   */
  private static final Duration FETCH = Duration.ofMinutes(2);

  /** What was received is applied first: no other server may have it. */
  private static final Duration APPLY = Duration.ofMinutes(30);

  /** Threads end, tables are made, the switch waits for locks. */
  private static final Duration OPEN = Duration.ofMinutes(2);

  @Override
  public Step freeze(Site site, NodeName follower) {
    MysqlScripts scripts = new MysqlScripts(site, follower);
    Map<String, Value> values = locked();
    values.put("patience", MysqlScripts.seconds(FREEZE));
    return scripts
        .onData(
            "freeze-" + follower,
            "let " + follower + " stop receiving, and stand still",
            follower,
            "freeze",
            values,
            FREEZE.plus(QUICK))
        .undoneBy(scripts.performOnData(follower, "thaw", locked()));
  }

  @Override
  public Step fetch(Site site, NodeName candidate, NodeName fullest) {
    MysqlScripts scripts = new MysqlScripts(site, candidate);
    Node from = site.declared(fullest);
    Map<String, Value> values = locked();
    values.put("from_host", Value.of(from.host()));
    values.put("from_port", Value.of(Integer.toString(from.database().port())));
    values.put(
        "position",
        Value.of(
            site.seen(fullest).server().flatMap(Server::position).map(Position::text).orElse("")));
    values.put("patience", MysqlScripts.seconds(FETCH));
    return scripts.onData(
        "fetch-" + candidate,
        "let " + candidate + " get from " + fullest + " what it has beyond it",
        candidate,
        "fetch",
        values,
        // Its own is applied first, for as long again.
        FETCH.multipliedBy(2).plus(QUICK));
  }

  @Override
  public Optional<Salvage> salvage() {
    return Optional.of(new MysqlSalvage());
  }

  /**
   * A server keeps its binary log for a time, whoever may follow: nothing is to be held for one.
   */
  @Override
  public List<Lane> prepare(Site site, NodeName candidate, List<NodeName> followers) {
    return List.of();
  }

  @Override
  public Step promote(Site site, NodeName candidate) {
    Map<String, Value> values = locked();
    values.put("patience", MysqlScripts.seconds(APPLY));
    return new Step(
        "promote-" + candidate,
        "let " + candidate + " apply what it has received, and open it as leader",
        Place.on(candidate),
        new Action.Open(
            new MysqlScripts(site, candidate).performOnData(candidate, "promote", values)),
        Optional.empty(),
        APPLY.plus(OPEN),
        Step.OnFailure.STOP);
  }

  /** Its first transaction is that row: this finishes what was cut short. */
  @Override
  public Step epochRow(Site site, NodeName leader) {
    return epochRow(new MysqlScripts(site, leader), leader);
  }

  static Step epochRow(MysqlScripts scripts, NodeName leader) {
    return scripts.onData(
        "epoch-row",
        "see that the epoch is in " + leader + "'s data",
        leader,
        "epoch-row",
        locked(),
        QUICK);
  }

  @Override
  public List<Step> finish(Site site, NodeName leader) {
    Map<String, Value> values = locked();
    values.put("events", Value.of("all"));
    values.put("scheduler", Value.of("options"));
    return List.of(
        new MysqlScripts(site, leader)
            .onData(
                "lead-" + leader,
                "let the events run on " + leader + " that ran on the leader before",
                leader,
                "lead",
                values,
                QUICK));
  }

  private static Map<String, Value> locked() {
    Map<String, Value> values = new TreeMap<>();
    values.put("lock_wait", Value.of("15"));
    return values;
  }
}
