package replctl.playbooks.sim.postgresql;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.RejoinGoal;
import replctl.playbooks.engine.Site;
import replctl.playbooks.engine.postgresql.PostgresqlEngine;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.observe.Observer;
import replctl.playbooks.observe.RejoinLook;
import replctl.playbooks.observe.SetupLook;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Step;
import replctl.playbooks.sim.ClusterChecks;
import replctl.playbooks.sim.Drill;
import replctl.playbooks.sim.SimTime;
import replctl.playbooks.sim.SimWorld;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Decision;
import replctl.playbooks.verb.Rejoin;
import replctl.playbooks.world.World;

/**
 * pg1 led, and its processes were killed; pg2 was promoted, with all that was acknowledged, and pg3
 * follows it. Now pg1 rejoins.
 */
final class RejoinStage implements Drill.Stage {
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final NodeName OLD = new NodeName("pg1");

  /** A write of a client that pg1 alone had on its disk: nobody was told that it is safe. */
  private static final long LOST = 999_999_999L;

  private final PostgresScene scene;
  private final Optional<String> by;
  private final boolean tail;
  private final Engine engine = new PostgresqlEngine();

  /**
   * A rejoin to come.
   *
   * @param by the way asked for; empty: whichever can be gone
   * @param tail whether pg1 has what pg2 has not
   */
  RejoinStage(PostgresScene scene, Optional<String> by, boolean tail) {
    this.scene = scene;
    this.by = by;
    this.tail = tail;
    breakOff();
  }

  private void breakOff() {
    SimPostgres old = scene.server("pg1");
    SimPostgres leads = scene.server("pg2");
    old.host().files().put(PgPaths.state(old.host()) + "/fenced", "7 op-1");
    // Whatever was acknowledged pg2 has: what it lacks was not, or it would not have been promoted.
    scene
        .world()
        .time()
        .pass(
            scene.world().time().now() + 60 * SimTime.SECOND,
            () -> old.wal().isPrefixOf(leads.wal()));
    old.stopImmediate();
    if (tail) {
      for (long i = 0; i < 3; i++) {
        old.wal().append(LOST + i);
      }
    }
    leads.promote();
    pass(5);
    leads.slots().put("replctl_pg3", 0L);
    for (String node : List.of("pg2", "pg3")) {
      scene.server(node).config().auto().put("synchronous_standby_names", names());
    }
    leads.reload();
    SimPostgres third = scene.server("pg3");
    third.config().auto().put("primary_conninfo", PostgresScene.conninfo("pg2", "pg3"));
    third.reload();
    pass(12);
  }

  /** As a failover has left it: one less is waited for. */
  private String names() {
    return scene.cluster().replication().acks() > 0 ? "ANY 1 (\"pg3\")" : "";
  }

  private void pass(long seconds) {
    scene.world().time().pass(seconds * SimTime.SECOND);
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
    Decision decision = decide(process);
    if (decision instanceof Decision.Planned planned) {
      world().trace().say(() -> "planned: " + planned.plan().steps().map(Step::name).toList());
      return Optional.of(planned.plan());
    }
    world().trace().say(decision::toString);
    return Optional.empty();
  }

  private Decision decide(World process) {
    engine
        .setup()
        .secrets(new Site(cluster(), new Snapshot(process.clock().now(), List.of())))
        .forEach(process.vault()::get);
    Rejoin.Options options = new Rejoin.Options(Optional.empty(), by, false);
    Snapshot seen = Observer.look(process, engine, cluster(), LOOK);
    Snapshot more = SetupLook.look(process, engine.setup(), cluster(), seen, LOOK);
    Rejoin.Aim aim = Rejoin.aim(new Site(cluster(), more), OLD, options);
    if (aim instanceof Rejoin.Aim.No no) {
      return Decision.of(no.refusal());
    }
    RejoinGoal goal =
        RejoinLook.look(process, engine.rejoin(), ((Rejoin.Aim.Reach) aim).goal(), LOOK);
    Rejoin.Aim last = Rejoin.aim(goal.site(), OLD, options);
    return last instanceof Rejoin.Aim.No no
        ? Decision.of(no.refusal())
        : new Rejoin(engine).decide(process.ids().operation(), goal, by);
  }

  @Override
  public List<String> wrong(Optional<Entry.Ending> ending) {
    ClusterChecks<SimPostgres> checks = new ClusterChecks<>(scene);
    Optional<SimPostgres> leader = checks.leader();
    if (leader.isEmpty()) {
      return checks.wrong();
    }
    if (leader.get() != scene.server("pg2")) {
      checks.wrong().add(leader.get().host().name() + " leads in the end");
    }
    SimPostgres old = scene.server("pg1");
    if (ending.equals(Optional.of(Entry.Ending.DONE))) {
      checks.allFollow(leader.get());
      checks.tidy(List.of("rewinding", "filling", "copied", "own", "fenced"));
      boolean counts = cluster().replication().acks() > 0;
      if (counts && !leader.get().config().get("synchronous_standby_names").contains("pg1")) {
        checks.wrong().add("pg1 came back, and no write waits for it");
      }
      if (old.writes().contains(LOST)) {
        checks.wrong().add("pg1 follows and has what pg2 has not");
      }
      if (!old.slots().isEmpty()) {
        checks.wrong().add("pg1 follows, and keeps slots " + old.slots().keySet());
      }
    } else if (old.open()) {
      checks.wrong().add("pg1 is open");
    }
    if (tail && !evidence()) {
      checks.wrong().add("what pg1 alone had is nowhere any more");
    }
    checks.writesGoOn();
    return checks.wrong();
  }

  /** In the data, in a data folder that was set aside, or in the saved tail. */
  private boolean evidence() {
    SimPostgres old = scene.server("pg1");
    return old.host().files().entrySet().stream()
            .anyMatch(f -> f.getKey().contains("/divergence/") && f.getValue().contains("" + LOST))
        || (old.systemId().isPresent() && old.writes().contains(LOST))
        || old.aside().filter(a -> a.wal().writes().contains(LOST)).isPresent();
  }
}
