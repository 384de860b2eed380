package replctl.playbooks.sim;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.journal.Journal;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.run.Continuation;
import replctl.playbooks.run.Runner;
import replctl.playbooks.run.Watcher;
import replctl.playbooks.verb.Failover;
import replctl.playbooks.world.World;

/**
 * A change of leader to the second node, while another operator types one to the third: each is
 * done, is refused or is undone, and one node leads in the end.
 */
public final class RivalStage implements Drill.Stage {
  private final Drill.Stage mine;
  private final Drill.Stage others;
  private final Scene<?> scene;

  private RivalStage(Scene<?> scene, Drill.Stage mine, Drill.Stage others) {
    this.scene = scene;
    this.mine = mine;
    this.others = others;
  }

  /** Two switchovers to come. */
  public static RivalStage switchovers(Scene<?> scene) {
    return new RivalStage(
        scene,
        new SwitchoverStage(scene, Optional.empty()),
        new SwitchoverStage(scene, 3, Optional.empty()));
  }

  /** Two failovers to come, from one leader that stands still. */
  public static RivalStage failovers(Scene<?> scene) {
    FailoverStage.freeze(scene);
    return new RivalStage(scene, failover(scene, 2), failover(scene, 3));
  }

  private static FailoverStage failover(Scene<?> scene, int to) {
    return failover(scene, to, Optional.empty(), Map.of());
  }

  private static FailoverStage failover(
      Scene<?> scene, int to, Optional<String> broken, Map<NodeName, String> confirmed) {
    return new FailoverStage(scene, Optional.empty(), () -> {}) {
      @Override
      protected Failover.Options typed() {
        return new Failover.Options(
            Optional.of(scene.node(to)), broken, confirmed, OptionalLong.empty(), Optional.empty());
      }
    };
  }

  private boolean isLed() {
    return cluster().nodes().stream().anyMatch(n -> scene.server(n.name().value()).open());
  }

  /**
   * The first is overtaken when the old leader is off already, and the second can't tell that its
   * device, which was never drilled, has switched the right host off: what its refusal says is
   * typed then, and goes on with whatever the first has left. It may have written down that the
   * second node leads: that is given up then.
   */
  private void typedAsRefused() {
    if (world().host(scene.node(1)).powered()) {
      return;
    }
    World process = world().othersProcess();
    Drill.Stage third =
        failover(scene, 3, Optional.of("it never led"), Map.of(scene.node(1), "bob@adm2"));
    third
        .plan(process)
        .ifPresent(
            plan ->
                new Runner(
                        process,
                        new Journal(process.store(), cluster().name()),
                        Watcher.NONE,
                        "bob@adm2",
                        third.continuation(process))
                    .run(plan));
    world().time().pass(12 * SimTime.SECOND);
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

  /** What is left of either is decided on what is found then. */
  @Override
  public Continuation continuation(World process) {
    return mine.continuation(process);
  }

  @Override
  public void heal() {
    mine.heal();
  }

  @Override
  public List<String> wrong(Optional<Entry.Ending> ending) {
    if (mine instanceof FailoverStage failover) {
      if (!isLed()) {
        typedAsRefused();
      }
      // Whichever of them was done: an ending of one says nothing of who leads.
      boolean goesOn = scene.first().open();
      return failover.wrong(Optional.of(goesOn ? Entry.Ending.UNDONE : Entry.Ending.DONE));
    }
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
