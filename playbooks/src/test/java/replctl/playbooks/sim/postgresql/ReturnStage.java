package replctl.playbooks.sim.postgresql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;
import replctl.playbooks.engine.postgresql.PostgresqlEngine;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.observe.Observer;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.sim.Drill;
import replctl.playbooks.sim.SimEpoch;
import replctl.playbooks.sim.SimHost;
import replctl.playbooks.sim.SimTime;
import replctl.playbooks.sim.SimWorld;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.world.World;

/** pg1, which led, comes back by itself; nobody's operation runs. */
final class ReturnStage implements Drill.Stage {
  private static final NodeName OLD = new NodeName("pg1");
  private static final Duration LOOK = Duration.ofSeconds(5);

  /** What has come over the cluster meanwhile. */
  enum Meanwhile {
    /** The power was cut everywhere. */
    POWER_CUT,
    /** No other node can be asked. */
    CUT_OFF,
    /** Another leads by the newest record, and only the third can be asked. */
    SUCCEEDED,
    /** Most voters have promised an operation their epoch. */
    UNFINISHED,
    /** A follower was started by hand without its standby.signal. */
    OPENED_BY_HAND,
    /** A follower was promoted by hand, has acknowledged writes, and was stopped. */
    PROMOTED_AND_STOPPED
  }

  private final PostgresScene scene;
  private final Meanwhile meanwhile;

  /** Whoever of the others has the most of the log, and the last of the three. */
  private final SimPostgres next;

  private final SimPostgres third;

  ReturnStage(PostgresScene scene, Meanwhile meanwhile) {
    this.scene = scene;
    this.meanwhile = meanwhile;
    world().time().pass(500 * SimTime.MS);
    old().host().powered(false);
    world().time().pass(2 * SimTime.SECOND);
    SimPostgres two = scene.server("pg2");
    SimPostgres three = scene.server("pg3");
    next = three.wal().end() > two.wal().end() ? three : two;
    third = next == two ? three : two;
    comes();
    world().time().pass(5 * SimTime.SECOND);
  }

  static ReturnStage of(long seed, boolean traced, Meanwhile meanwhile) {
    return new ReturnStage(
        PostgresScene.running(seed, traced, 3, PostgresScene.mode(Replication.Mode.SEMI_SYNC, 1)),
        meanwhile);
  }

  PostgresScene scene() {
    return scene;
  }

  private SimPostgres old() {
    return scene.server(OLD.value());
  }

  private void comes() {
    switch (meanwhile) {
      case POWER_CUT -> List.of(next, third).forEach(pg -> pg.host().powered(false));
      case CUT_OFF -> old().host().linked(false);
      case SUCCEEDED -> {
        LeaderRecord before = record();
        LeaderRecord leads =
            new LeaderRecord(
                2,
                "op-a",
                next.host().name(),
                before.voters(),
                1,
                List.of(OLD, third.host().name()),
                1,
                new TreeMap<>(),
                List.of());
        write(next.host(), SimEpoch.settled(leads).text());
        write(third.host(), SimEpoch.settled(leads).text());
        next.promote();
        next.host().linked(false);
      }
      case UNFINISHED -> promised("open");
      case OPENED_BY_HAND -> {
        next.stopFast();
        world().time().pass(3 * SimTime.SECOND);
        next.standbySignal(false);
        next.start(1);
      }
      case PROMOTED_AND_STOPPED -> {
        next.promote();
        world().time().pass(5 * SimTime.SECOND);
        third
            .config()
            .auto()
            .put(
                "primary_conninfo",
                PostgresScene.conninfo(next.host().name().value(), third.host().name().value()));
        third.config().auto().put("primary_slot_name", "");
        third.reload();
        world().time().pass(10 * SimTime.SECOND);
        next.stopFast();
      }
    }
  }

  private void promised(String state) {
    String text =
        SimEpoch.settled(record()).text().replaceFirst("promise .*", "promise 2 op-b " + state);
    write(next.host(), text);
    write(third.host(), text);
  }

  private LeaderRecord record() {
    return Observer.look(world().process(), new PostgresqlEngine(), cluster(), LOOK)
        .epochs()
        .newest()
        .orElseThrow();
  }

  private static void write(SimHost host, String epoch) {
    host.files().put(PgPaths.state(host) + "/epoch", epoch);
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
    old().host().powered(true);
    world().time().pass(15 * SimTime.SECOND);
    if (old().process() != SimPostgres.Processes.NONE && !old().recovering()) {
      world().trace().say(() -> "it has opened before the trouble was over");
    }
    return Optional.empty();
  }

  @Override
  public void heal() {
    switch (meanwhile) {
      case POWER_CUT -> List.of(next, third).forEach(pg -> pg.host().powered(true));
      case CUT_OFF -> old().host().linked(true);
      case SUCCEEDED -> next.host().linked(true);
      case UNFINISHED -> promised("closed");
      default -> {}
    }
  }

  @Override
  public List<String> wrong(Optional<Entry.Ending> ending) {
    List<String> wrong = new ArrayList<>();
    boolean opens =
        List.of(Meanwhile.POWER_CUT, Meanwhile.CUT_OFF, Meanwhile.UNFINISHED).contains(meanwhile);
    if (opens != old().open()) {
      wrong.add("pg1 " + (opens ? "does not open" : "opens") + " once that is over");
    }
    boolean follows = old().process() == SimPostgres.Processes.RUNNING && old().recovering();
    if (meanwhile == Meanwhile.SUCCEEDED && !follows) {
      wrong.add("pg1 is not read-only");
    }
    return wrong;
  }
}
