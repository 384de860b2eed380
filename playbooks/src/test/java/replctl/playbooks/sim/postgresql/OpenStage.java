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
import replctl.playbooks.sim.Drill;
import replctl.playbooks.sim.SimWorld;
import replctl.playbooks.verb.Decision;
import replctl.playbooks.verb.Open;
import replctl.playbooks.world.World;

/** The leader's processes were killed, or it was fenced and unfenced, and it is to be opened. */
final class OpenStage implements Drill.Stage {
  private static final Duration LOOK = Duration.ofSeconds(5);
  private final PostgresScene scene;
  private final Engine engine = new PostgresqlEngine();

  private final boolean fenced;

  /**
   * @param fenced whether a fence has left standby.signal, so that it is named
   */
  OpenStage(PostgresScene scene, boolean fenced) {
    this.scene = scene;
    this.fenced = fenced;
    scene.server("pg1").stopImmediate();
    scene.server("pg1").standbySignal(fenced);
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
        new Open(engine)
            .decide(
                cluster(),
                Observer.look(process, engine, cluster(), LOOK),
                process.ids().operation(),
                fenced ? Optional.of(new NodeName("pg1")) : Optional.empty());
    world().trace().say(decision::toString);
    return decision instanceof Decision.Planned planned
        ? Optional.of(planned.plan())
        : Optional.empty();
  }

  @Override
  public List<String> wrong(Optional<Entry.Ending> ending) {
    ClusterChecks checks = new ClusterChecks(scene);
    // Taken back before it was opened, it is closed as it was.
    boolean closed =
        cluster().nodes().stream().noneMatch(n -> scene.server(n.name().value()).open());
    if (!closed || ending.equals(Optional.of(Entry.Ending.DONE))) {
      Optional<SimPostgres> leader = checks.leader();
      if (leader.isPresent() && leader.get() != scene.server("pg1")) {
        checks.wrong().add(leader.get().host().name() + " leads after " + ending);
      }
      leader.ifPresent(checks::allFollow);
      checks.writesGoOn();
    }
    checks.tidy(List.of());
    return checks.wrong();
  }
}
