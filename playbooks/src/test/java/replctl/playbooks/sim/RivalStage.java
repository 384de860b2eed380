package replctl.playbooks.sim;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import replctl.inventory.Cluster;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.world.World;

/**
 * A switchover to the second node, while another operator types one to the third: each is done, is
 * refused or is undone, and one node leads in the end.
 */
public final class RivalStage implements Drill.Stage {
  private final SwitchoverStage mine;
  private final SwitchoverStage others;
  private final Scene<?> scene;

  /** Two switchovers to come. */
  public RivalStage(Scene<?> scene) {
    this.scene = scene;
    this.mine = new SwitchoverStage(scene, Optional.empty());
    this.others = new SwitchoverStage(scene, 3, Optional.empty());
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
  public Optional<Plan> plan(World process) {
    return mine.plan(process);
  }

  @Override
  public Optional<Function<World, Optional<Plan>>> rival() {
    return Optional.of(others::plan);
  }

  @Override
  public void heal() {
    // Nothing was broken.
  }

  @Override
  public List<String> wrong(Optional<Entry.Ending> ending) {
    ClusterChecks<?> checks = new ClusterChecks<>(scene);
    Optional<? extends SimServer> leader = checks.leader();
    if (leader.isEmpty()) {
      return checks.wrong();
    }
    checks.allFollow(leader.get());
    checks.writesGoOn();
    checks.tidy(List.of());
    checks.wrong().addAll(scene.wrongUnder(leader.get()));
    return checks.wrong();
  }
}
