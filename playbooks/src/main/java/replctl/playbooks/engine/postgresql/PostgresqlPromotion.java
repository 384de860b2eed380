package replctl.playbooks.engine.postgresql;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Value;

/** How a PostgreSQL follower becomes the leader: freeze.sh, fetch.sh, promote.sh, epoch-row.sh. */
public final class PostgresqlPromotion implements Promotion {
  private static final Duration QUICK = Duration.ofSeconds(30);

  /** A receiver ends within some ms of a reload; what it got must then be applied. */
  private static final Duration FREEZE = Duration.ofSeconds(15);

  /** The most that a preferred candidate may need to get the rest from the fullest. */
  private static final Duration FETCH = Duration.ofSeconds(60);

  /** What was received is applied first, and there may be much of it. */
  private static final Duration OPEN = Duration.ofMinutes(5);

  private static final Duration CHECKPOINT = Duration.ofMinutes(10);

  @Override
  public Step freeze(Site site, NodeName follower) {
    Scripts scripts = new Scripts(site, follower);
    Map<String, Value> values = identified(scripts);
    values.put("patience", PostgresqlSetup.seconds(FREEZE));
    return scripts
        .step(
            "freeze-" + follower,
            "let " + follower + " stop receiving, and stand still",
            follower,
            "freeze",
            values,
            FREEZE.plus(QUICK))
        .undoneBy(scripts.perform(follower, "thaw", identified(scripts)));
  }

  @Override
  public Step fetch(Site site, NodeName candidate, NodeName fullest) {
    Scripts scripts = new Scripts(site, candidate);
    Map<String, Value> values = identified(scripts);
    String state = scripts.layout(candidate).state();
    values.put("conninfo", Value.of(Conninfo.text(site, candidate, fullest, state)));
    values.put(
        "position",
        Value.of(
            site.seen(fullest).server().flatMap(Server::position).map(Position::text).orElse("")));
    values.put("patience", PostgresqlSetup.seconds(FETCH));
    return scripts.step(
        "fetch-" + candidate,
        "let " + candidate + " get from " + fullest + " what it has beyond it",
        candidate,
        "fetch",
        values,
        FETCH.plus(QUICK));
  }

  /** Its followers' archive has what was archived; the rest comes back with the old leader. */
  @Override
  public Optional<Salvage> salvage() {
    return Optional.empty();
  }

  @Override
  public List<Lane> prepare(Site site, NodeName candidate, List<NodeName> followers) {
    Scripts scripts = new Scripts(site, candidate);
    List<Step> slots =
        followers.stream()
            .map(
                follower -> {
                  Map<String, Value> values = identified(scripts);
                  values.put("slot", Value.of(Conninfo.slot(follower)));
                  return scripts.step(
                      "slot-" + follower,
                      "keep the log for " + follower + " on " + candidate,
                      candidate,
                      "slot",
                      values,
                      QUICK);
                })
            .toList();
    return List.of(new Lane(slots));
  }

  @Override
  public Step promote(Site site, NodeName candidate) {
    Scripts scripts = new Scripts(site, candidate);
    Map<String, Value> values = identified(scripts);
    values.put("patience", PostgresqlSetup.seconds(OPEN));
    ScriptCall call = scripts.perform(candidate, "promote", values);
    return new Step(
        "promote-" + candidate,
        "open " + candidate + " as leader",
        Place.on(candidate),
        new Action.Open(call),
        Optional.empty(),
        OPEN.plus(QUICK),
        Step.OnFailure.STOP);
  }

  @Override
  public Step epochRow(Site site, NodeName leader) {
    Scripts scripts = new Scripts(site, leader);
    return scripts.step(
        "epoch-row",
        "write the epoch into " + leader + "'s data",
        leader,
        "epoch-row",
        identified(scripts),
        QUICK);
  }

  @Override
  public List<Step> finish(Site site, NodeName leader) {
    Scripts scripts = new Scripts(site, leader);
    return List.of(
        scripts.step(
            "checkpoint-" + leader,
            "write a checkpoint on " + leader,
            leader,
            "checkpoint",
            identified(scripts),
            CHECKPOINT));
  }

  private static Map<String, Value> identified(Scripts scripts) {
    Map<String, Value> values = new TreeMap<>();
    values.put("identity", scripts.identity());
    values.put("lock_wait", Value.of("15"));
    return values;
  }
}
