package replctl.playbooks.sim;

import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.run.Continuation;
import replctl.playbooks.world.World;

/** Another stage's change of leader, in a cluster that has something around it. */
public abstract class SurroundedStage implements Drill.Stage {
  protected final Scene<?> scene;
  protected final Drill.Stage inner;

  protected SurroundedStage(Scene<?> scene, Drill.Stage inner) {
    this.scene = scene;
    this.inner = inner;
  }

  @Override
  public final SimWorld world() {
    return inner.world();
  }

  @Override
  public final Cluster cluster() {
    return inner.cluster();
  }

  @Override
  public final Optional<Plan> plan(World process) {
    return inner.plan(process);
  }

  @Override
  public final Continuation continuation(World process) {
    return inner.continuation(process);
  }

  @Override
  public void heal() {
    inner.heal();
  }
}
