package replctl.playbooks.engine.mysql;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Salvage;
import replctl.playbooks.engine.Site;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Position;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Value;

/**
 * The binary logs of a stopped leader, from the first transaction that its followers lack, are
 * carried to the candidate, and its own applier reads them as relay logs: it needs no server to
 * send them and no account that may write. On 9.7.4 that was tried without a restart and with
 * super_read_only on. Reading them takes some 3 s a GiB.
 */
final class MysqlSalvage implements Salvage {
  private static final Duration QUICK = Duration.ofSeconds(30);

  @Override
  public List<Step> steps(
      Site site,
      NodeName old,
      NodeName candidate,
      NodeName fullest,
      Duration patience,
      List<String> otherwise) {
    MysqlScripts scripts = new MysqlScripts(site, candidate);
    Map<String, Value> values = new TreeMap<>();
    values.put("theirs", Value.of(position(site, fullest)));
    values.put("patience", MysqlScripts.seconds(patience));
    ScriptCall give = scripts.perform(old, "salvage-give", values).as(ScriptCall.Mode.PROBE);
    ScriptCall take = scripts.performOnData(candidate, "salvage-take", locked());
    String carrying = "salvage-" + old;
    Step carry =
        new Step(
            carrying,
            "carry to " + candidate + " what only the binary logs of " + old + " have",
            Place.on(candidate),
            new Action.Carry(old, candidate, give, take, otherwise),
            Optional.empty(),
            patience,
            Step.OnFailure.STOP);
    Map<String, Value> applying = locked();
    applying.put("patience", MysqlScripts.seconds(patience));
    applying.put("leader", Value.of(old.value()));
    for (String fact : List.of("manifest", "set", "transactions")) {
      applying.put(fact, new Value.Known(carrying, fact));
    }
    Step apply =
        scripts.onData(
            "salvage-apply-" + candidate,
            "let " + candidate + " apply that",
            candidate,
            "salvage-apply",
            applying,
            // Its own is applied before it.
            patience.multipliedBy(2).plus(QUICK));
    return List.of(carry, apply);
  }

  private static String position(Site site, NodeName node) {
    return site.seen(node).server().flatMap(Server::position).map(Position::text).orElse("");
  }

  private static Map<String, Value> locked() {
    Map<String, Value> values = new TreeMap<>();
    values.put("lock_wait", Value.of("15"));
    return values;
  }
}
