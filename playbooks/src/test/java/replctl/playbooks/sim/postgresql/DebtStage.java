package replctl.playbooks.sim.postgresql;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import replctl.inventory.NodeName;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.sim.ClusterChecks;
import replctl.playbooks.sim.DecidingStage;
import replctl.playbooks.sim.SimTime;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Decision;
import replctl.playbooks.verb.Switchover;

/**
 * A switchover from pg1 to pg2, while pg3 is back that lost its power when it led: its server is
 * stopped, and nothing on its own disk says that it must not lead.
 */
final class DebtStage extends DecidingStage<PostgresScene> {
  private static final NodeName OLD = new NodeName("pg3");

  DebtStage(PostgresScene scene) {
    super(scene);
    SimPostgres old = scene.server(OLD.value());
    old.stopFast();
    world().time().pass(5 * SimTime.SECOND);
    old.standbySignal(false);
    scene.server("pg1").slots().remove("replctl_pg3");
    write(newest().closing(new TreeMap<>(Map.of(OLD, "power")), List.of(OLD)));
  }

  @Override
  protected Decision decide(Snapshot seen, String op) {
    return seen.node(OLD).contact().answered()
        ? new Switchover(engine).decide(cluster(), seen, op, Optional.of(new NodeName("pg2")))
        : Decision.of(
            Refusal.of(
                Refusal.Code.E_STATE_01,
                "of a host that was not heard nothing can be paid.",
                "look again another day"));
  }

  @Override
  public List<String> wrong(Optional<Entry.Ending> ending) {
    ClusterChecks<SimPostgres> checks = new ClusterChecks<>(scene).without(OLD.value());
    checks.leader().ifPresent(checks::allFollow);
    checks.writesGoOn();
    SimPostgres old = scene.server(OLD.value());
    boolean closed =
        old.hasStandbySignal()
            && old.isMasked()
            && old.host().files().containsKey(PgPaths.state(old.host()) + "/fenced");
    if (newest().debts().isEmpty() && !closed) {
      checks.wrong().add("nothing is owed, and pg3 would lead when it is started");
    }
    if (old.process() != SimPostgres.Processes.NONE) {
      checks.wrong().add("pg3 is " + old.process());
    }
    return checks.wrong();
  }
}
