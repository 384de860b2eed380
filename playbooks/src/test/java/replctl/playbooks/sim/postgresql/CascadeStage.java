package replctl.playbooks.sim.postgresql;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.postgresql.PostgresqlEngine;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.observe.Observer;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Step;
import replctl.playbooks.sim.Drill;
import replctl.playbooks.sim.SimWorld;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Decision;
import replctl.playbooks.verb.Switchover;
import replctl.playbooks.world.World;

/** A switchover from pg1 to pg2, while pg4 receives from pg3 and goes on to. */
final class CascadeStage implements Drill.Stage {
  private static final Duration LOOK = Duration.ofSeconds(5);

  private final PostgresScene scene;
  private final Engine engine = new PostgresqlEngine();

  CascadeStage(PostgresScene scene) {
    this.scene = scene;
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
    ClusterChecks checks = new ClusterChecks(scene);
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
