package replctl.playbooks.sim;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.observe.Observer;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.run.Continuation;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.snapshot.Unready;
import replctl.playbooks.verb.Decision;
import replctl.playbooks.verb.Restart;
import replctl.playbooks.verb.RestartOptions;
import replctl.playbooks.world.World;

/** Servers of a cluster that runs are restarted; the first node leads. */
public final class RestartStage implements Drill.Stage {
  private static final Duration LOOK = Duration.ofSeconds(5);
  private final Scene<?> scene;
  private final RestartOptions options;
  private final Map<String, Integer> startsBefore = new TreeMap<>();

  public RestartStage(Scene<?> scene, RestartOptions options) {
    this.scene = scene;
    this.options = options;
    nodes().forEach(n -> startsBefore.put(n, scene.server(n).starts()));
  }

  private List<String> nodes() {
    return cluster().nodes().stream().map(n -> n.name().value()).toList();
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
        new Restart(scene.engine())
            .decide(cluster(), look(process), Unready.NOTHING, process.ids().operation(), options);
    world().trace().say(decision::toString);
    return decision instanceof Decision.Planned planned
        ? Optional.of(planned.plan())
        : Optional.empty();
  }

  @Override
  public Continuation continuation(World process) {
    return (plan, found) -> {
      Decision decision =
          new Restart(scene.engine()).handOver(cluster(), look(process), Unready.NOTHING, plan);
      world().trace().say(decision::toString);
      return decision instanceof Decision.Planned planned
          ? new Continuation.Next.On(planned.plan())
          : new Continuation.Next.Stop(((Decision.Refused) decision).refusal());
    };
  }

  private Snapshot look(World process) {
    return Observer.look(process, scene.engine(), cluster(), LOOK);
  }

  @Override
  public List<String> wrong(Optional<Entry.Ending> ending) {
    ClusterChecks<?> checks = new ClusterChecks<>(scene);
    Optional<? extends SimServer> leader = checks.leader();
    if (leader.isEmpty()) {
      return checks.wrong();
    }
    boolean done = ending.equals(Optional.of(Entry.Ending.DONE));
    boolean handsOver =
        options.node().isEmpty() && options.leader() == RestartOptions.OfLeader.SWITCHOVER;
    if ((leader.get() == scene.first()) == (done && handsOver)) {
      checks.wrong().add("the wrong one leads after " + ending);
    }
    checks.allFollow(leader.get());
    checks.writesGoOn();
    checks.tidy(List.of());
    for (String node : nodes()) {
      boolean meant = options.node().map(NodeName::value).map(node::equals).orElse(true);
      boolean first = scene.server(node) == scene.first();
      boolean left = first && options.leader() == RestartOptions.OfLeader.LEFT;
      int starts = scene.server(node).starts() - startsBefore.get(node);
      if (done && meant && !left && starts < 1) {
        checks.wrong().add(node + " was not restarted");
      }
      if (!meant && starts > 0) {
        checks.wrong().add(node + " was restarted, and was not meant");
      }
    }
    return checks.wrong();
  }
}
