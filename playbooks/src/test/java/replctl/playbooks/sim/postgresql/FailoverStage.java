package replctl.playbooks.sim.postgresql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.postgresql.PostgresqlEngine;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.observe.Observer;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Step;
import replctl.playbooks.run.Continuation;
import replctl.playbooks.sim.Drill;
import replctl.playbooks.sim.SimHost;
import replctl.playbooks.sim.SimTime;
import replctl.playbooks.sim.SimWorld;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Lowered;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Decision;
import replctl.playbooks.verb.Failover;
import replctl.playbooks.world.World;

/** A failover from pg1, whose host stands still, to whoever is found fit. */
class FailoverStage implements Drill.Stage {
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final NodeName OLD = new NodeName("pg1");
  private final PostgresScene scene;
  private final Optional<Lowered> acks;
  private final Engine engine = new PostgresqlEngine();

  private Optional<Snapshot> before = Optional.empty();

  FailoverStage(PostgresScene scene) {
    this(scene, Optional.empty());
  }

  /**
   * @param acks at most how many a write may wait for then
   */
  FailoverStage(PostgresScene scene, Optional<Lowered> acks) {
    this(scene, acks, () -> freeze(scene));
  }

  /**
   * @param trouble what has come over the cluster
   */
  FailoverStage(PostgresScene scene, Optional<Lowered> acks, Runnable trouble) {
    this.scene = scene;
    this.acks = acks;
    world().time().pass(500 * SimTime.MS);
    trouble.run();
  }

  /** The old leader's host stands still, and stood so for a while. */
  static void freeze(PostgresScene scene) {
    scene.world().host(OLD).freeze(true);
    scene.world().time().pass(20 * SimTime.SECOND);
  }

  /** What is typed. */
  Failover.Options typed() {
    return new Failover.Options(
        Optional.empty(), Optional.empty(), Map.of(), OptionalLong.empty(), acks);
  }

  /** Who leads besides the old leader before it begins, and may when it was not done. */
  Optional<String> ledBefore() {
    return Optional.empty();
  }

  /** On which of two looks it is decided who leads: before anything was closed, and now. */
  Snapshot decidesOn(Snapshot begun, Snapshot frozen) {
    return frozen;
  }

  private SimHost old() {
    return world().host(OLD);
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
    old().freeze(false);
  }

  @Override
  public Optional<Plan> plan(World process) {
    Snapshot seen = Observer.look(process, engine, cluster(), LOOK);
    before = Optional.of(seen);
    Decision decision =
        new Failover(engine).secure(cluster(), seen, process.ids().operation(), typed());
    world().trace().say(decision::toString);
    return decision instanceof Decision.Planned planned
        ? Optional.of(planned.plan())
        : Optional.empty();
  }

  @Override
  public Continuation continuation(World process) {
    return (plan, found) -> {
      List<NodeName> asked =
          plan.steps()
              .map(Step::name)
              .filter(name -> name.startsWith("freeze-"))
              .map(name -> new NodeName(name.substring("freeze-".length())))
              .toList();
      Snapshot frozen = Observer.look(process, engine, cluster(), asked, LOOK);
      Decision decision =
          new Failover(engine)
              .promote(cluster(), decidesOn(before.orElse(frozen), frozen), plan, found);
      return decision instanceof Decision.Planned planned
          ? new Continuation.Next.On(planned.plan())
          : new Continuation.Next.Stop(((Decision.Refused) decision).refusal());
    };
  }

  @Override
  public List<String> wrong(Optional<Entry.Ending> ending) {
    ClusterChecks checks = new ClusterChecks(scene);
    if (!ending.equals(Optional.of(Entry.Ending.DONE))) {
      return notDone();
    }
    Optional<SimPostgres> leader = checks.leader();
    if (leader.isEmpty()) {
      return checks.wrong();
    }
    if (leader.get() == scene.server("pg1")) {
      checks.wrong().add("pg1 leads after a failover");
    }
    LeaderRecord record = newest();
    if (record.closed().getOrDefault(OLD, "").equals("power") && !record.debts().contains(OLD)) {
      checks.wrong().add("pg1 was closed by its power alone, and nothing is owed");
    }
    boolean closed = false;
    for (String name : others()) {
      SimPostgres pg = scene.server(name);
      // One that did not answer when it began was closed too, and none is left to acknowledge.
      boolean wasClosed = record.closed().containsKey(new NodeName(name));
      // One that fell silent while it stood still was left there, and is to be rejoined.
      boolean frozen =
          (acks.isPresent() || others().size() > 2)
              && pg.config().get("primary_conninfo").isEmpty();
      closed |= wasClosed || (pg != leader.get() && frozen);
      if (pg != leader.get() && !wasClosed && !frozen && !pg.follows(leader.get())) {
        checks.wrong().add(name + " does not follow");
      }
    }
    if (!closed) {
      checks.writesGoOn();
    }
    if (acks.isPresent()) {
      lowered(checks, leader.get());
    }
    return checks.wrong();
  }

  /** Written down as it is on the leader, and that it was typed. */
  private void lowered(ClusterChecks checks, SimPostgres leader) {
    LeaderRecord newest = newest();
    int waits = SyncRule.parse(leader.config().get("synchronous_standby_names")).count();
    if (!newest.lowered().equals(acks) || newest.acks() != acks.get().acks()) {
      checks.wrong().add("what was lowered is not written down: " + newest);
    }
    if (waits != acks.get().acks()) {
      checks.wrong().add("writes wait for " + waits);
    }
  }

  private LeaderRecord newest() {
    return Observer.look(world().process(), engine, cluster(), LOOK)
        .epochs()
        .newest()
        .orElseThrow();
  }

  private List<String> others() {
    return cluster().nodes().stream()
        .map(node -> node.name().value())
        .filter(name -> !name.equals("pg1"))
        .toList();
  }

  /** Refused, or taken back: nobody but the old leader leads, and followers receive again. */
  private List<String> notDone() {
    List<String> wrong = new ArrayList<>();
    for (String name : others()) {
      SimPostgres pg = scene.server(name);
      if (pg.open() && !ledBefore().equals(Optional.of(name))) {
        wrong.add(name + " leads after a failover that was not done");
      }
      if (pg.config().get("primary_conninfo").isEmpty()) {
        wrong.add(name + " stays frozen");
      }
    }
    return wrong;
  }
}
