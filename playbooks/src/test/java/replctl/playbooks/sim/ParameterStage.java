package replctl.playbooks.sim;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.ParameterWish;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.observe.Observer;
import replctl.playbooks.observe.ParameterLook;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.run.Continuation;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.snapshot.Unready;
import replctl.playbooks.verb.Decision;
import replctl.playbooks.verb.ParameterOptions;
import replctl.playbooks.verb.Restart;
import replctl.playbooks.verb.RestartOptions.OfLeader;
import replctl.playbooks.verb.SetParameters;
import replctl.playbooks.world.World;

/** Parameters of a cluster that runs are changed; the first node leads. */
public final class ParameterStage implements Drill.Stage {
  private static final Duration LOOK = Duration.ofSeconds(5);
  private final Scene<?> scene;
  private final ParameterOptions options;
  private final Function<String, SimParameters> parameters;
  private final Map<String, String> before = new TreeMap<>();

  /**
   * @param parameters those of a node's server
   */
  public ParameterStage(
      Scene<?> scene, ParameterOptions options, Function<String, SimParameters> parameters) {
    this.scene = scene;
    this.options = options;
    this.parameters = parameters;
    nodes().forEach(n -> before.put(n, written(n)));
  }

  private List<String> nodes() {
    return cluster().nodes().stream().map(n -> n.name().value()).toList();
  }

  private String written(String node) {
    return options.wishes().stream()
        .map(w -> w.name() + " " + parameters.apply(node).written(w.name()))
        .toList()
        .toString();
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
    Snapshot seen =
        ParameterLook.look(
            process, scene.engine().parameters(), cluster(), look(process), options.wishes(), LOOK);
    Decision decision =
        new SetParameters(scene.engine())
            .decide(cluster(), seen, Unready.NOTHING, process.ids().operation(), options);
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
    checks.allFollow(leader.get());
    checks.writesGoOn();
    checks.tidy(List.of());
    boolean done = ending.equals(Optional.of(Entry.Ending.DONE));
    boolean handsOver = options.restart().equals(Optional.of(OfLeader.SWITCHOVER));
    if ((leader.get() == scene.first()) == (done && handsOver)) {
      checks.wrong().add("the wrong one leads after " + ending);
    }
    for (String node : nodes()) {
      for (ParameterWish wish : options.wishes()) {
        SimParameters has = parameters.apply(node);
        if (done && options.isFor(new NodeName(node))) {
          expect(checks, node, wish, has);
        }
      }
      if (!done && !written(node).equals(before.get(node))) {
        checks.wrong().add(node + " has " + written(node) + " after " + ending);
      }
    }
    return checks.wrong();
  }

  private void expect(ClusterChecks<?> checks, String node, ParameterWish wish, SimParameters has) {
    if (!has.afterStart(wish.name()).equals(wish.value().orElseThrow())) {
      checks.wrong().add(node + " would have " + wish.name() + " = " + has.afterStart(wish.name()));
    }
    boolean holds = !has.atStart(wish.name()) || options.restart().isPresent();
    if (holds && !has.running(wish.name()).equals(has.afterStart(wish.name()))) {
      checks.wrong().add(node + " runs with " + wish.name() + " = " + has.running(wish.name()));
    }
  }
}
