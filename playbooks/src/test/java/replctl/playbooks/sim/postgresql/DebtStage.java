package replctl.playbooks.sim.postgresql;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.postgresql.PostgresqlEngine;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.observe.Observer;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Step;
import replctl.playbooks.sim.Drill;
import replctl.playbooks.sim.SimEpoch;
import replctl.playbooks.sim.SimHost;
import replctl.playbooks.sim.SimTime;
import replctl.playbooks.sim.SimWorld;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Decision;
import replctl.playbooks.verb.Switchover;
import replctl.playbooks.world.World;

/**
 * A switchover from pg1 to pg2, while pg3 is back that lost its power when it led: its server is
 * stopped, and nothing on its own disk says that it must not lead.
 */
final class DebtStage implements Drill.Stage {
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final NodeName OLD = new NodeName("pg3");

  private final PostgresScene scene;
  private final Engine engine = new PostgresqlEngine();

  DebtStage(PostgresScene scene) {
    this.scene = scene;
    SimPostgres old = scene.server(OLD.value());
    old.stopFast();
    world().time().pass(5 * SimTime.SECOND);
    old.standbySignal(false);
    scene.server("pg1").slots().remove("replctl_pg3");
    LeaderRecord written = newest().closing(new TreeMap<>(Map.of(OLD, "power")), List.of(OLD));
    for (SimHost host : world().hosts()) {
      host.files().put(PgPaths.state(host) + "/epoch", SimEpoch.settled(written).text());
    }
  }

  private LeaderRecord newest() {
    return Observer.look(world().process(), engine, cluster(), LOOK)
        .epochs()
        .newest()
        .orElseThrow();
  }

  @Override
  public SimWorld world() {
    return scene.world();
  }

  @Override
  public Cluster cluster() {
    return scene.cluster();
  }

  @Override
  public void heal() {}

  @Override
  public Optional<Plan> plan(World process) {
    Snapshot seen = Observer.look(process, engine, cluster(), LOOK);
    if (!seen.node(OLD).contact().answered()) {
      // Of a host that was not heard nothing can be paid: this operator looks again another day.
      return Optional.empty();
    }
    Decision decision =
        new Switchover(engine)
            .decide(cluster(), seen, process.ids().operation(), Optional.of(new NodeName("pg2")));
    world()
        .trace()
        .say(
            () ->
                decision instanceof Decision.Planned planned
                    ? "planned: " + planned.plan().steps().map(Step::name).toList()
                    : decision.toString());
    return decision instanceof Decision.Planned planned
        ? Optional.of(planned.plan())
        : Optional.empty();
  }

  @Override
  public List<String> wrong(Optional<Entry.Ending> ending) {
    ClusterChecks checks = new ClusterChecks(scene).without(OLD.value());
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
