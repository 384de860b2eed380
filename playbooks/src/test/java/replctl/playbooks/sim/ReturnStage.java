package replctl.playbooks.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import replctl.inventory.Cluster;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.observe.Observer;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.world.World;

/** The node that led comes back by itself; nobody's operation runs. */
public final class ReturnStage implements Drill.Stage {
  private static final Duration LOOK = Duration.ofSeconds(5);

  /** What has come over the cluster meanwhile. */
  public enum Meanwhile {
    /** The power was cut everywhere. */
    POWER_CUT,
    /** No other node can be asked. */
    CUT_OFF,
    /** Another leads by the newest record, and only the third can be asked. */
    SUCCEEDED,
    /** Most voters have promised an operation their epoch. */
    UNFINISHED,
    /** A follower was opened by hand. */
    OPENED_BY_HAND,
    /** A follower was promoted by hand, has acknowledged writes, and was stopped. */
    PROMOTED_AND_STOPPED
  }

  private final Scene<?> scene;
  private final Meanwhile meanwhile;

  /** Whoever of the others has the most of the log, and the last of the three. */
  private final SimServer next;

  private final SimServer third;

  /**
   * A return to come.
   *
   * @param meanwhile what has come over the cluster
   */
  public ReturnStage(Scene<?> scene, Meanwhile meanwhile) {
    this.scene = scene;
    this.meanwhile = meanwhile;
    world().time().pass(500 * SimTime.MS);
    old().powered(false);
    world().time().pass(2 * SimTime.SECOND);
    SimServer two = scene.server(scene.node(2).value());
    SimServer three = scene.server(scene.node(3).value());
    next = three.writes().size() > two.writes().size() ? three : two;
    third = next == two ? three : two;
    comes();
    world().time().pass(5 * SimTime.SECOND);
  }

  private SimHost old() {
    return world().host(scene.node(1));
  }

  private SimHost host(SimServer server) {
    return world().hosts().stream().filter(h -> h.server() == server).findFirst().orElseThrow();
  }

  private void comes() {
    switch (meanwhile) {
      case POWER_CUT -> List.of(next, third).forEach(s -> host(s).powered(false));
      case CUT_OFF -> old().linked(false);
      case SUCCEEDED -> {
        LeaderRecord before = record();
        LeaderRecord leads =
            new LeaderRecord(
                2,
                "op-a",
                host(next).name(),
                before.voters(),
                1,
                List.of(old().name(), host(third).name()),
                1,
                new TreeMap<>(),
                List.of());
        write(host(next), SimEpoch.settled(leads).text());
        write(host(third), SimEpoch.settled(leads).text());
        scene.promote(host(next).name());
        host(next).linked(false);
      }
      case UNFINISHED -> promised("open");
      case OPENED_BY_HAND -> scene.openByHand(host(next).name());
      case PROMOTED_AND_STOPPED -> {
        scene.promote(host(next).name());
        world().time().pass(5 * SimTime.SECOND);
        scene.follow(host(third).name(), host(next).name());
        world().time().pass(10 * SimTime.SECOND);
        scene.stop(host(next).name());
      }
    }
  }

  private void promised(String state) {
    String text =
        SimEpoch.settled(record()).text().replaceFirst("promise .*", "promise 2 op-b " + state);
    write(host(next), text);
    write(host(third), text);
  }

  private LeaderRecord record() {
    return Observer.look(world().process(), scene.engine(), cluster(), LOOK)
        .epochs()
        .newest()
        .orElseThrow();
  }

  private void write(SimHost host, String epoch) {
    host.files().put(scene.state(host) + "/epoch", epoch);
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
    old().powered(true);
    world().time().pass(15 * SimTime.SECOND);
    return Optional.empty();
  }

  @Override
  public void heal() {
    switch (meanwhile) {
      case POWER_CUT -> List.of(next, third).forEach(s -> host(s).powered(true));
      case CUT_OFF -> old().linked(true);
      case SUCCEEDED -> host(next).linked(true);
      case UNFINISHED -> promised("closed");
      default -> {}
    }
  }

  @Override
  public List<String> wrong(Optional<Entry.Ending> ending) {
    List<String> wrong = new ArrayList<>();
    boolean opens =
        List.of(Meanwhile.POWER_CUT, Meanwhile.CUT_OFF, Meanwhile.UNFINISHED).contains(meanwhile);
    SimServer old = scene.first();
    if (opens != old.open()) {
      wrong.add(old().name() + " " + (opens ? "does not open" : "opens") + " once that is over");
    }
    if (meanwhile == Meanwhile.SUCCEEDED && (!old.hasProcess() || old.open())) {
      wrong.add(old().name() + " is not read-only");
    }
    return wrong;
  }
}
