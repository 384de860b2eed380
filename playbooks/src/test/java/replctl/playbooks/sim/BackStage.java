package replctl.playbooks.sim;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.journal.Journal;
import replctl.playbooks.journal.Recorded;
import replctl.playbooks.observe.Observer;
import replctl.playbooks.plan.Outcome;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.run.Continuation;
import replctl.playbooks.run.Runner;
import replctl.playbooks.run.Watcher;
import replctl.playbooks.snapshot.Unready;
import replctl.playbooks.verb.Decision;
import replctl.playbooks.verb.Restart;
import replctl.playbooks.verb.RestartOptions;
import replctl.playbooks.verb.Switchback;
import replctl.playbooks.world.World;

/**
 * All servers are restarted, and the one that led leads again: two operations of one process. What
 * is cut off is finished, or taken back; the second one is begun by nobody else.
 */
public final class BackStage implements Drill.Stage {
  private static final Duration LOOK = Duration.ofSeconds(5);
  private final Scene<?> scene;
  private final RestartStage restart;
  private Optional<Plan> second = Optional.empty();

  public BackStage(Scene<?> scene) {
    this.scene = scene;
    this.restart =
        new RestartStage(
            scene,
            new RestartOptions(
                Optional.empty(),
                List.of(),
                RestartOptions.OfLeader.SWITCHOVER,
                Optional.empty(),
                true));
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
  public Continuation continuation(World process) {
    return restart.continuation(process);
  }

  @Override
  public Optional<Plan> plan(World process) {
    Optional<Plan> first = restart.plan(process);
    Journal journal = new Journal(process.store(), cluster().name());
    Optional<Outcome> ended =
        first.map(
            plan ->
                new Runner(process, journal, Watcher.NONE, "dba@laptop", continuation(process))
                    .run(plan));
    if (ended.filter(Outcome.Done.class::isInstance).isEmpty()) {
      return Optional.empty();
    }
    Plan whole = journal.read(first.get().op()).map(Recorded::plan).orElseThrow();
    Optional<NodeName> former = Restart.ledBefore(whole);
    Decision decision =
        new Switchback(scene.engine())
            .decide(
                cluster(),
                Observer.look(process, scene.engine(), cluster(), LOOK),
                Unready.NOTHING,
                process.ids().operation(),
                former);
    world().trace().say(decision::toString);
    second =
        decision instanceof Decision.Planned planned
            ? Optional.of(planned.plan())
            : Optional.empty();
    return second;
  }

  @Override
  public List<String> wrong(Optional<Entry.Ending> ending) {
    // Before the second operation there is none but the first, which is over then.
    if (second.isEmpty()) {
      return restart.wrong(ending);
    }
    if (isNotBegun(second.get())) {
      return restart.wrong(Optional.of(Entry.Ending.DONE));
    }
    ClusterChecks<?> checks = new ClusterChecks<>(scene);
    Optional<? extends SimServer> leader = checks.leader();
    if (leader.isEmpty()) {
      return checks.wrong();
    }
    boolean done = ending.equals(Optional.of(Entry.Ending.DONE));
    if ((leader.get() == scene.first()) != done) {
      checks.wrong().add("the wrong one leads after a switchback that ended " + ending);
    }
    checks.allFollow(leader.get());
    checks.writesGoOn();
    checks.tidy(List.of());
    return checks.wrong();
  }

  private boolean isNotBegun(Plan plan) {
    return new Journal(world().process().store(), cluster().name()).read(plan.op()).isEmpty();
  }
}
