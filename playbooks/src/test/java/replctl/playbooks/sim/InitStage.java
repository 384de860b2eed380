package replctl.playbooks.sim;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.Site;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.observe.Observer;
import replctl.playbooks.observe.SetupLook;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Decision;
import replctl.playbooks.verb.Init;
import replctl.playbooks.world.World;

/** init, of empty hosts or of a cluster that runs. */
public final class InitStage implements Drill.Stage {
  private static final Duration LOOK = Duration.ofSeconds(5);
  private final Scene<?> scene;
  private final Engine engine;
  private final int leaderStarts;

  public InitStage(Scene<?> scene) {
    this.scene = scene;
    this.engine = scene.engine();
    this.leaderStarts = scene.first().starts();
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
    return decide(process) instanceof Decision.Planned planned
        ? Optional.of(planned.plan())
        : Optional.empty();
  }

  private Decision decide(World process) {
    Snapshot surveyed = Observer.look(process, engine, cluster(), LOOK);
    Snapshot seen = SetupLook.look(process, engine.setup(), cluster(), surveyed, LOOK);
    Site site = new Site(cluster(), seen);
    engine.setup().secrets(site).forEach(process.vault()::get);
    Decision decision =
        new Init(engine.setup()).decide(process.ids().operation(), site, Init.Options.USUAL);
    world().trace().say(() -> "decided: " + words(decision));
    return decision;
  }

  private static String words(Decision decision) {
    return decision instanceof Decision.Planned planned
        ? planned.plan().steps().map(s -> s.name()).toList().toString()
        : decision.toString();
  }

  @Override
  public List<String> wrong(Optional<Entry.Ending> ending) {
    ClusterChecks<?> checks = new ClusterChecks<>(scene);
    if (leaderStarts > 0 && scene.first().starts() > leaderStarts) {
      checks.wrong().add("a leader that ran was restarted");
    }
    // The note of a half-made server stays when init is aborted: the next init fills the folder
    // anew.
    boolean done = ending.equals(Optional.of(Entry.Ending.DONE));
    checks.tidy(done ? List.of("filling", "copied") : List.of("copied"));
    if (done) {
      checks
          .leader()
          .ifPresent(
              leader -> {
                checks.allFollow(leader);
                checks.writesGoOn();
              });
      Decision again = decide(world().process());
      if (!(again instanceof Decision.Planned planned) || !planned.plan().isEmpty()) {
        checks.wrong().add("a second init would still change something: " + words(again));
      }
    } else if (leaderStarts > 0) {
      checks.leader().ifPresent(checks::allFollow);
    }
    return checks.wrong();
  }
}
