package replctl.playbooks.sim.postgresql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.postgresql.PostgresqlEngine;
import replctl.playbooks.fence.Devices;
import replctl.playbooks.fence.Drills;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.observe.Observer;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.sim.Drill;
import replctl.playbooks.sim.SimDevice;
import replctl.playbooks.sim.SimHost;
import replctl.playbooks.sim.SimWorld;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Decision;
import replctl.playbooks.verb.Fence;
import replctl.playbooks.verb.FenceDrill;
import replctl.playbooks.verb.Unfence;
import replctl.playbooks.world.PowerDevice;
import replctl.playbooks.world.World;

/** fence, unfence and fence drill, in a cluster of three that runs; pg1 leads. */
final class FenceStage implements Drill.Stage {
  /** What is done, and to a node in which trouble. */
  enum What {
    /** Its host answers. */
    FENCE("pg3"),
    /** All its processes stand still. */
    FENCE_FROZEN("pg3"),
    /** The operator does not reach it, and the others do. */
    FENCE_CUT_OFF("pg3"),
    /** The same, and its device can't be relied on: nothing but the other way is left. */
    FENCE_CUT_OFF_DEVICE_HANGS("pg3"),
    FENCE_LEADER("pg1"),
    UNFENCE("pg3"),
    DRILL("pg2");

    private final String node;

    What(String node) {
      this.node = node;
    }
  }

  private static final Duration LOOK = Duration.ofSeconds(5);
  private final PostgresScene scene;
  private final What what;
  private final NodeName node;
  private final Engine engine = new PostgresqlEngine();

  FenceStage(PostgresScene scene, What what) {
    this.scene = scene;
    this.what = what;
    this.node = new NodeName(what.node);
    switch (what) {
      case FENCE_FROZEN -> host().freeze(true);
      case FENCE_CUT_OFF -> host().reachable(false);
      case FENCE_CUT_OFF_DEVICE_HANGS -> {
        host().reachable(false);
        world().device(device()).is(SimDevice.Health.HANGS);
      }
      case UNFENCE -> host().powered(false);
      case FENCE, FENCE_LEADER, DRILL -> {}
    }
  }

  private PowerDevice device() {
    return Devices.of(cluster().node(node).orElseThrow()).get(0).get(0);
  }

  private SimHost host() {
    return world().host(node);
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
    host().reachable(true);
    host().freeze(false);
    world().device(device()).is(SimDevice.Health.WELL);
  }

  @Override
  public Optional<Plan> plan(World process) {
    Snapshot seen = Observer.look(process, engine, cluster(), LOOK);
    String op = process.ids().operation();
    Decision decision =
        switch (what) {
          case UNFENCE -> new Unfence(engine).decide(cluster(), seen, op, node);
          case DRILL -> new FenceDrill(engine).decide(cluster(), seen, op, node);
          default ->
              new Fence(engine)
                  .decide(
                      cluster(),
                      seen,
                      op,
                      node,
                      new Fence.Options(false, Optional.of(node), Optional.empty()));
        };
    world().trace().say(decision::toString);
    return decision instanceof Decision.Planned planned
        ? Optional.of(planned.plan())
        : Optional.empty();
  }

  @Override
  public List<String> wrong(Optional<Entry.Ending> ending) {
    boolean done = ending.equals(Optional.of(Entry.Ending.DONE));
    List<String> wrong = new ArrayList<>();
    SimPostgres pg = scene.server(node.value());
    switch (what) {
      case UNFENCE -> {
        if (done && (!host().powered() || blocked(pg) || pg.isMasked())) {
          wrong.add(node + " is not given back");
        }
      }
      case DRILL -> {
        if (done && !pg.follows(scene.server("pg1"))) {
          wrong.add(node + " does not follow after its drill");
        }
        if (done && !drilled()) {
          wrong.add("the drill is not remembered");
        }
      }
      default -> {
        if (done && !closed(pg)) {
          wrong.add(node + " is called closed, and is not");
        }
      }
    }
    if (what != What.FENCE_LEADER) {
      ClusterChecks checks = new ClusterChecks(scene);
      checks.leader();
      checks.writesGoOn();
      wrong.addAll(checks.wrong());
    }
    return wrong;
  }

  private static boolean blocked(SimPostgres pg) {
    return pg.host().files().containsKey(PgPaths.state(pg.host()) + "/fenced");
  }

  private boolean closed(SimPostgres pg) {
    boolean stopped =
        pg.process() == SimPostgres.Processes.NONE
            && pg.isMasked()
            && pg.hasStandbySignal()
            && blocked(pg);
    return stopped || !host().powered();
  }

  private boolean drilled() {
    Drills drills =
        Drills.of(
            world().hosts().stream()
                .map(h -> h.files().getOrDefault(PgPaths.state(h) + "/drills", ""))
                .toList());
    return drills.passed(cluster().node(node).orElseThrow(), world().process().clock().now());
  }
}
