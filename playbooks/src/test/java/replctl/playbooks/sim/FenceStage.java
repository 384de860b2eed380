package replctl.playbooks.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.playbooks.fence.Devices;
import replctl.playbooks.fence.Drills;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.observe.Observer;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Decision;
import replctl.playbooks.verb.Fence;
import replctl.playbooks.verb.FenceDrill;
import replctl.playbooks.verb.Unfence;
import replctl.playbooks.world.PowerDevice;
import replctl.playbooks.world.World;

/** fence, unfence and fence drill, in a cluster of three that runs. */
public final class FenceStage implements Drill.Stage {
  /** What is done, and to a node in which trouble. */
  public enum What {
    /** Its host answers. */
    FENCE(3),
    /** All its processes stand still. */
    FENCE_FROZEN(3),
    /** The operator does not reach it, and the others do. */
    FENCE_CUT_OFF(3),
    /** The same, and its device can't be relied on: nothing but the other way is left. */
    FENCE_CUT_OFF_DEVICE_HANGS(3),
    FENCE_LEADER(1),
    UNFENCE(3),
    DRILL(2);

    private final int node;

    What(int node) {
      this.node = node;
    }
  }

  private static final Duration LOOK = Duration.ofSeconds(5);
  private final Scene<?> scene;
  private final What what;
  private final NodeName node;

  public FenceStage(Scene<?> scene, What what) {
    this.scene = scene;
    this.what = what;
    this.node = scene.node(what.node);
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
    Snapshot seen = Observer.look(process, scene.engine(), cluster(), LOOK);
    String op = process.ids().operation();
    Decision decision =
        switch (what) {
          case UNFENCE -> new Unfence(scene.engine()).decide(cluster(), seen, op, node);
          case DRILL -> new FenceDrill(scene.engine()).decide(cluster(), seen, op, node);
          default ->
              new Fence(scene.engine())
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
    switch (what) {
      case UNFENCE -> {
        if (done
            && (!host().powered()
                || host().server().isMasked()
                || host().files().containsKey(file("fenced")))) {
          wrong.add(node + " is not given back");
        }
      }
      case DRILL -> {
        if (done && !scene.server(node.value()).follows(scene.first())) {
          wrong.add(node + " does not follow after its drill");
        }
        if (done && !drilled()) {
          wrong.add("the drill is not remembered");
        }
      }
      default -> {
        if (done && host().powered() && !scene.isClosed(host())) {
          wrong.add(node + " is called closed, and is not");
        }
      }
    }
    if (what != What.FENCE_LEADER) {
      ClusterChecks<?> checks = new ClusterChecks<>(scene);
      checks.leader();
      checks.writesGoOn();
      wrong.addAll(checks.wrong());
    }
    return wrong;
  }

  private String file(String name) {
    return scene.state(host()) + "/" + name;
  }

  private boolean drilled() {
    Drills drills =
        Drills.of(
            world().hosts().stream()
                .map(h -> h.files().getOrDefault(scene.state(h) + "/drills", ""))
                .toList());
    return drills.passed(cluster().node(node).orElseThrow(), world().process().clock().now());
  }
}
