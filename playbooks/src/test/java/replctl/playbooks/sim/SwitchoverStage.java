package replctl.playbooks.sim;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import replctl.inventory.Cluster;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.observe.Observer;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Decision;
import replctl.playbooks.verb.Switchover;
import replctl.playbooks.world.World;

/** A switchover from the first node to another, in a cluster that runs. */
public final class SwitchoverStage implements Drill.Stage {
  private static final Duration LOOK = Duration.ofSeconds(5);
  private final Scene<?> scene;
  private final int to;
  private final Optional<String> frozen;
  private final List<String> filesBefore;

  /** A switchover to the second node. */
  public SwitchoverStage(Scene<?> scene, Optional<String> frozen) {
    this(scene, 2, frozen);
  }

  /**
   * A switchover to come.
   *
   * @param to the candidate's number, from 2
   * @param frozen a follower whose server's processes stand still
   */
  public SwitchoverStage(Scene<?> scene, int to, Optional<String> frozen) {
    this.scene = scene;
    this.to = to;
    this.frozen = frozen;
    frozen.ifPresent(f -> scene.server(f).freeze(true));
    this.filesBefore = files();
  }

  private List<String> files() {
    return world().hosts().stream().map(h -> h.name() + " " + kept(h)).toList();
  }

  /** All but what every operation leaves behind. */
  private Map<String, String> kept(SimHost host) {
    Map<String, String> kept = new TreeMap<>(host.files());
    kept.keySet().removeIf(scene::isLeft);
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
    Snapshot seen = Observer.look(process, scene.engine(), cluster(), LOOK);
    Decision decision =
        new Switchover(scene.engine())
            .decide(cluster(), seen, process.ids().operation(), Optional.of(scene.node(to)));
    if (decision instanceof Decision.Planned planned) {
      world().trace().say(() -> "planned: " + planned.plan().steps().map(Step::name).toList());
      return Optional.of(planned.plan());
    }
    world().trace().say(decision::toString);
    return Optional.empty();
  }

  @Override
  public List<String> wrong(Optional<Entry.Ending> ending) {
    ClusterChecks<?> checks = new ClusterChecks<>(scene);
    Optional<? extends SimServer> leader = checks.leader();
    if (leader.isEmpty()) {
      return checks.wrong();
    }
    String expected = scene.node(ending.equals(Optional.of(Entry.Ending.DONE)) ? to : 1).value();
    if (leader.get() != scene.server(expected)) {
      checks.wrong().add(expected + " does not lead after " + ending);
    }
    checks.allFollow(leader.get());
    checks.writesGoOn();
    checks.tidy(List.of());
    if (!files().equals(filesBefore)) {
      checks.wrong().add("files differ: " + filesBefore + " " + files());
    }
    checks.wrong().addAll(scene.wrongUnder(leader.get()));
    return checks.wrong();
  }
}
