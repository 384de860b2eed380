package replctl.playbooks.sim.postgresql;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.postgresql.PostgresqlEngine;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.observe.Observer;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Step;
import replctl.playbooks.sim.Drill;
import replctl.playbooks.sim.SimHost;
import replctl.playbooks.sim.SimWorld;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Decision;
import replctl.playbooks.verb.Switchover;
import replctl.playbooks.world.World;

/** A switchover from pg1 to pg2, in a cluster that runs. */
final class SwitchoverStage implements Drill.Stage {
  private static final Duration LOOK = Duration.ofSeconds(5);
  private final PostgresScene scene;
  private final Optional<String> frozen;
  private final Engine engine = new PostgresqlEngine();
  private final List<String> filesBefore;

  /**
   * A switchover to come.
   *
   * @param frozen a follower whose server's processes stand still
   */
  SwitchoverStage(PostgresScene scene, Optional<String> frozen) {
    this.scene = scene;
    this.frozen = frozen;
    frozen.ifPresent(f -> scene.server(f).freeze(true));
    this.filesBefore = files();
  }

  private List<String> files() {
    return world().hosts().stream().map(h -> h.name() + " " + kept(h)).toList();
  }

  /** All but what every operation leaves behind. */
  private static Map<String, String> kept(SimHost host) {
    Map<String, String> kept = new TreeMap<>(host.files());
    kept.keySet().removeIf(f -> f.endsWith("/epoch") || f.contains("/operations/"));
    // An address is where the leader is.
    kept.keySet().removeIf(f -> f.startsWith(SimHost.VOLATILE));
    return kept;
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
  public void heal() {
    frozen.ifPresent(f -> scene.server(f).freeze(false));
  }

  @Override
  public Optional<Plan> plan(World process) {
    Snapshot seen = Observer.look(process, engine, cluster(), LOOK);
    Decision decision =
        new Switchover(engine)
            .decide(cluster(), seen, process.ids().operation(), Optional.of(new NodeName("pg2")));
    if (decision instanceof Decision.Planned planned) {
      world().trace().say(() -> "planned: " + planned.plan().steps().map(Step::name).toList());
      return Optional.of(planned.plan());
    }
    world().trace().say(decision::toString);
    return Optional.empty();
  }

  @Override
  public List<String> wrong(Optional<Entry.Ending> ending) {
    ClusterChecks checks = new ClusterChecks(scene);
    Optional<SimPostgres> leader = checks.leader();
    if (leader.isEmpty()) {
      return checks.wrong();
    }
    String expected = ending.equals(Optional.of(Entry.Ending.DONE)) ? "pg2" : "pg1";
    if (leader.get() != scene.server(expected)) {
      checks.wrong().add(leader.get().host().name() + " leads after " + ending);
    }
    checks.allFollow(leader.get());
    checks.writesGoOn();
    checks.tidy(List.of("sender-timeout"));
    if (!files().equals(filesBefore)) {
      checks.wrong().add("files differ: " + filesBefore + " " + files());
    }
    for (String slot : leader.get().slots().keySet()) {
      if (!leader.get().slotIsActive(slot)) {
        checks.wrong().add("slot " + slot + " keeps the log for nobody");
      }
    }
    for (int i = 1; i <= cluster().nodes().size(); i++) {
      SimPostgres pg = scene.server("pg" + i);
      if (pg != leader.get() && !pg.slots().isEmpty()) {
        checks.wrong().add("pg" + i + " follows, and keeps slots " + pg.slots().keySet());
      }
    }
    return checks.wrong();
  }
}
