package replctl.playbooks.sim;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import replctl.inventory.Cluster;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.world.World;

/**
 * While an operation runs somebody does something by hand, once, and that is for him to mend: what
 * the cluster looks like in the end is not judged.
 *
 * @param when looked at each millisecond
 */
public record ByHand(Drill.Stage stage, BooleanSupplier when, Runnable what)
    implements Drill.Stage {
  @Override
  public SimWorld world() {
    return stage.world();
  }

  @Override
  public Cluster cluster() {
    return stage.cluster();
  }

  @Override
  public void heal() {
    stage.heal();
  }

  @Override
  public Optional<Plan> plan(World process) {
    Optional<Plan> plan = stage.plan(process);
    look();
    return plan;
  }

  private void look() {
    if (when.getAsBoolean()) {
      world().trace().say(() -> "somebody does something by hand");
      what.run();
    } else {
      world().time().after(SimTime.MS, this::look);
    }
  }

  @Override
  public List<String> wrong(Optional<Entry.Ending> ending) {
    return List.of();
  }
}
