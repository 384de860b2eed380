package replctl.playbooks.sim;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.observe.Observer;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.verb.Decision;
import replctl.playbooks.verb.Open;
import replctl.playbooks.world.World;

/** The leader's processes were killed, or it was fenced and unfenced, and it is to be opened. */
public final class OpenStage implements Drill.Stage {
  private static final Duration LOOK = Duration.ofSeconds(5);
  private final Scene<?> scene;

  private final boolean fenced;

  /**
   * @param fenced whether a fence has left standby.signal, so that it is named
   */
  public OpenStage(Scene<?> scene, boolean fenced) {
    this.scene = scene;
    this.fenced = fenced;
    scene.first().killed();
    if (fenced) {
      scene.wasFenced(scene.node(1).value());
    }
    world().time().pass(500_000_000L);
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
    Decision decision =
        new Open(scene.engine())
            .decide(
                cluster(),
                Observer.look(process, scene.engine(), cluster(), LOOK),
                process.ids().operation(),
                fenced ? Optional.of(scene.node(1)) : Optional.empty());
    world().trace().say(decision::toString);
    return decision instanceof Decision.Planned planned
        ? Optional.of(planned.plan())
        : Optional.empty();
  }

  @Override
  public List<String> wrong(Optional<Entry.Ending> ending) {
    ClusterChecks<?> checks = new ClusterChecks<>(scene);
    // Taken back before it was opened, it is closed as it was.
    boolean closed =
        cluster().nodes().stream().noneMatch(n -> scene.server(n.name().value()).open());
    if (!closed || ending.equals(Optional.of(Entry.Ending.DONE))) {
      Optional<? extends SimServer> leader = checks.leader();
      if (leader.isPresent() && leader.get() != scene.first()) {
        checks.wrong().add(scene.node(1) + " does not lead after " + ending);
      }
      leader.ifPresent(checks::allFollow);
      checks.writesGoOn();
    }
    checks.tidy(List.of());
    return checks.wrong();
  }
}
