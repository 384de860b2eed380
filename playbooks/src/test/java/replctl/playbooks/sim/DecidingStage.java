package replctl.playbooks.sim;

import java.time.Duration;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.observe.Observer;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Decision;
import replctl.playbooks.world.World;

/**
 * A stage whose operation is decided on one look, and that begins without trouble of its own.
 *
 * @param <C> the scene of its engine
 */
public abstract class DecidingStage<C extends Scene<?>> implements Drill.Stage {
  private static final Duration LOOK = Duration.ofSeconds(5);

  protected final C scene;
  protected final Engine engine;

  protected DecidingStage(C scene) {
    this.scene = scene;
    this.engine = scene.engine();
  }

  /** What a process of replctl decides on what it has seen. */
  protected abstract Decision decide(Snapshot seen, String op);

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
  protected final Snapshot look() {
    return Observer.look(world().process(), engine, cluster(), LOOK);
  }

  protected final LeaderRecord newest() {
    return look().epochs().newest().orElseThrow();
  }

  /** Has every host know this record. */
  protected final void write(LeaderRecord record) {
    for (SimHost host : world().hosts()) {
      host.files().put(scene.state(host) + "/epoch", SimEpoch.settled(record).text());
    }
  }
}
