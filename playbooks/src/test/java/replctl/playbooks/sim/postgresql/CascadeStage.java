package replctl.playbooks.sim.postgresql;

import java.util.List;
import java.util.Optional;
import replctl.inventory.NodeName;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.sim.ClusterChecks;
import replctl.playbooks.sim.DecidingStage;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Decision;
import replctl.playbooks.verb.Switchover;

/** A switchover from pg1 to pg2, while pg4 receives from pg3 and goes on to. */
final class CascadeStage extends DecidingStage<PostgresScene> {
  CascadeStage(PostgresScene scene) {
    super(scene);
  }

  @Override
  protected Decision decide(Snapshot seen, String op) {
    return new Switchover(engine).decide(cluster(), seen, op, Optional.of(new NodeName("pg2")));
  }

  @Override
  public List<String> wrong(Optional<Entry.Ending> ending) {
    ClusterChecks<SimPostgres> checks = new ClusterChecks<>(scene);
    Optional<SimPostgres> leader = checks.leader();
    if (leader.isEmpty()) {
      return checks.wrong();
    }
    checks.allFollow(leader.get());
    checks.writesGoOn();
    Optional<SimPostgres> upstream = scene.server("pg4").receiver().upstream();
    if (!upstream.equals(Optional.of(scene.server("pg3")))) {
      checks.wrong().add("pg4 receives from " + upstream.map(pg -> pg.host().name()));
    }
    if (!scene.server("pg3").slots().containsKey("replctl_pg4")) {
      checks.wrong().add("pg3 keeps no log for pg4");
    }
    return checks.wrong();
  }
}
