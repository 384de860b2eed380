package replctl.playbooks.sim.postgresql;

import java.time.Duration;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.postgresql.PostgresqlEngine;
import replctl.playbooks.observe.Observer;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Step;
import replctl.playbooks.sim.Drill;
import replctl.playbooks.sim.SimEpoch;
import replctl.playbooks.sim.SimHost;
import replctl.playbooks.sim.SimWorld;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Decision;
import replctl.playbooks.world.World;

/** A stage whose operation is decided on one look, and that begins without trouble of its own. */
abstract class DecidingStage implements Drill.Stage {
  private static final Duration LOOK = Duration.ofSeconds(5);

  final PostgresScene scene;
  final Engine engine = new PostgresqlEngine();

  DecidingStage(PostgresScene scene) {
    this.scene = scene;
  }

  /** What a process of replctl decides on what it has seen. */
  abstract Decision decide(Snapshot seen, String op);

  @Override
  public final SimWorld world() {
    return scene.world();
  }

  @Override
  public final Cluster cluster() {
    return scene.cluster();
  }

  @Override
  public final void heal() {}

  @Override
  public final Optional<Plan> plan(World process) {
    Decision decision =
        decide(Observer.look(process, engine, cluster(), LOOK), process.ids().operation());
    if (decision instanceof Decision.Planned planned) {
      world().trace().say(() -> "planned: " + planned.plan().steps().map(Step::name).toList());
      return Optional.of(planned.plan());
    }
    world().trace().say(decision::toString);
    return Optional.empty();
  }

  /** How the cluster looks by now. */
  final Snapshot look() {
    return Observer.look(world().process(), engine, cluster(), LOOK);
  }

  final LeaderRecord newest() {
    return look().epochs().newest().orElseThrow();
  }

  /** Has every host know this record. */
  final void write(LeaderRecord record) {
    for (SimHost host : world().hosts()) {
      host.files().put(PgPaths.state(host) + "/epoch", SimEpoch.settled(record).text());
    }
  }
}
