package replctl.playbooks.sim.mysql;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.RejoinGoal;
import replctl.playbooks.engine.Site;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.observe.Observer;
import replctl.playbooks.observe.RejoinLook;
import replctl.playbooks.observe.SetupLook;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Step;
import replctl.playbooks.sim.ClusterChecks;
import replctl.playbooks.sim.Drill;
import replctl.playbooks.sim.SimEpoch;
import replctl.playbooks.sim.SimHost;
import replctl.playbooks.sim.SimTime;
import replctl.playbooks.sim.SimWorld;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Decision;
import replctl.playbooks.verb.Rejoin;
import replctl.playbooks.world.World;

/**
 * my1 led, and its processes were killed; my2 was promoted, with all that was acknowledged, and my3
 * follows it. Now my1 rejoins.
 */
final class RejoinStage implements Drill.Stage {
  /** What my1 alone has. */
  enum Tail {
    NOTHING,
    /** Transactions that changed nothing that anybody would miss. */
    HARMLESS,
    /** Writes of clients, of whom nobody was told that they are safe. */
    WRITES
  }

  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final NodeName OLD = new NodeName("my1");
  private static final NodeName NEXT = new NodeName("my2");
  private static final long LOST = 999_999_999L;

  private final MysqlScene scene;
  private final Optional<String> by;
  private final Tail tail;
  private final Engine engine;

  /**
   * A rejoin to come.
   *
   * @param by the way asked for; empty: whichever can be gone
   */
  RejoinStage(MysqlScene scene, Optional<String> by, Tail tail) {
    this.scene = scene;
    this.by = by;
    this.tail = tail;
    this.engine = scene.engine();
    breakOff();
  }

  private void breakOff() {
    SimMysql old = scene.first();
    SimMysql leads = scene.server("my2");
    old.host().files().put(scene.state(old.host()) + "/fenced", "7 op-1");
    SimWorld world = scene.world();
    // Whatever was acknowledged my2 has, or it would not have been promoted.
    world
        .time()
        .pass(
            world.time().now() + 60 * SimTime.SECOND,
            () -> leads.data().executed().containsAll(old.logged()));
    old.killed();
    for (int i = 0; i < 3 && tail != Tail.NOTHING; i++) {
      old.data()
          .append(
              new Txn(
                  old.uuid(),
                  old.data().next(old.uuid()),
                  tail == Tail.WRITES ? new Txn.Write(LOST + i) : new Txn.Other()));
    }
    old.data().recover();
    scene.promote(NEXT);
    scene.follow(new NodeName("my3"), NEXT);
    List<NodeName> names = List.of(OLD, NEXT, new NodeName("my3"));
    LeaderRecord record =
        new LeaderRecord(
            2, "op-a", NEXT, names, 1, names.subList(2, 3), 1, new TreeMap<>(), List.of());
    for (SimHost host : world.hosts()) {
      host.files().put(scene.state(host) + "/epoch", SimEpoch.settled(record).text());
    }
    world.time().pass(12 * SimTime.SECOND);
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
    ClusterChecks<SimMysql> checks = new ClusterChecks<>(scene);
    Optional<SimMysql> leader = checks.leader();
    if (leader.isEmpty()) {
      return checks.wrong();
    }
    SimMysql old = scene.first();
    if (leader.get() != scene.server("my2")) {
      checks.wrong().add(leader.get().host().name() + " leads in the end");
    }
    if (ending.equals(Optional.of(Entry.Ending.DONE))) {
      checks.allFollow(leader.get());
      checks.tidy(List.of("fenced"));
      checks.wrong().addAll(scene.wrongUnder(leader.get()));
      if (old.writes().contains(LOST)) {
        checks.wrong().add("my1 follows and has what my2 has not");
      }
    }
    if (tail != Tail.NOTHING && !evidence()) {
      checks.wrong().add("what my1 alone had is nowhere any more");
    }
    checks.writesGoOn();
    return checks.wrong();
  }

  /** In its log, in data that was set aside, or in the saved tail. */
  private boolean evidence() {
    SimMysql old = scene.first();
    String mark = tail == Tail.WRITES ? "" + LOST : "Other";
    return old.host().files().entrySet().stream()
            .anyMatch(
                f ->
                    (f.getKey().contains("/divergence/") || f.getKey().contains("/aside/"))
                        && f.getValue().contains(mark))
        || (tail == Tail.WRITES ? old.writes().contains(LOST) : !lacksTail(old));
  }

  private boolean lacksTail(SimMysql old) {
    return scene.server("my2").logged().containsAll(old.logged());
  }
}
