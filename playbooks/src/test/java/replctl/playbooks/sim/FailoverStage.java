package replctl.playbooks.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.observe.Observer;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.run.Continuation;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Lowered;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Decision;
import replctl.playbooks.verb.Failover;
import replctl.playbooks.world.World;

/** A failover from the first node, whose host stands still, to whoever is found fit. */
public class FailoverStage implements Drill.Stage {
  private static final Duration LOOK = Duration.ofSeconds(5);
  private final Scene<?> scene;
  private final Optional<Lowered> acks;

  private Optional<Snapshot> before = Optional.empty();

  public FailoverStage(Scene<?> scene) {
    this(scene, Optional.empty());
  }

  /**
   * @param acks at most how many a write may wait for then
   */
  public FailoverStage(Scene<?> scene, Optional<Lowered> acks) {
    this(scene, acks, () -> freeze(scene));
  }

  /**
   * @param trouble what has come over the cluster
   */
  public FailoverStage(Scene<?> scene, Optional<Lowered> acks, Runnable trouble) {
    this.scene = scene;
    this.acks = acks;
    world().time().pass(500 * SimTime.MS);
    trouble.run();
  }

  /** The old leader's host stands still, and stood so for a while. */
  public static void freeze(Scene<?> scene) {
    scene.world().host(scene.node(1)).freeze(true);
    scene.world().time().pass(20 * SimTime.SECOND);
  }

  /** What is typed. */
  protected Failover.Options typed() {
    return new Failover.Options(
        Optional.empty(), Optional.empty(), Map.of(), OptionalLong.empty(), acks);
  }

  /** Whether one that fell silent while it stood still is left there, and is to be rejoined. */
  protected boolean mayBeLeft() {
    return acks.isPresent() || others().size() > 2;
  }

  /** Who leads besides the old leader before it begins, and may when it was not done. */
  protected Optional<String> ledBefore() {
    return Optional.empty();
  }

  /** On which of two looks it is decided who leads: before anything was closed, and now. */
  protected Snapshot decidesOn(Snapshot begun, Snapshot frozen) {
    return frozen;
  }

  private SimHost old() {
    return world().host(scene.node(1));
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
    Snapshot seen = Observer.look(process, scene.engine(), cluster(), LOOK);
    before = Optional.of(seen);
    Decision decision =
        new Failover(scene.engine()).secure(cluster(), seen, process.ids().operation(), typed());
    world().trace().say(decision::toString);
    return decision instanceof Decision.Planned planned
        ? Optional.of(planned.plan())
        : Optional.empty();
  }

  @Override
  public Continuation continuation(World process) {
    return (plan, found) -> {
      List<NodeName> asked = new Failover(scene.engine()).asked(plan, found);
      Snapshot frozen = Observer.look(process, scene.engine(), cluster(), asked, LOOK);
      Decision decision =
          new Failover(scene.engine())
              .promote(cluster(), decidesOn(before.orElse(frozen), frozen), plan, found);
      return decision instanceof Decision.Planned planned
          ? new Continuation.Next.On(planned.plan())
          : new Continuation.Next.Stop(((Decision.Refused) decision).refusal());
    };
  }

  @Override
  public List<String> wrong(Optional<Entry.Ending> ending) {
    ClusterChecks<?> checks = new ClusterChecks<>(scene);
    if (!ending.equals(Optional.of(Entry.Ending.DONE))) {
      return notDone();
    }
    Optional<? extends SimServer> found = checks.leader();
    if (found.isEmpty()) {
      return checks.wrong();
    }
    SimServer leader = found.get();
    NodeName led = scene.node(1);
    if (leader == scene.first()) {
      checks.wrong().add(led + " leads after a failover");
    }
    LeaderRecord record = newest();
    if (record.closed().getOrDefault(led, "").equals("power") && !record.debts().contains(led)) {
      checks.wrong().add(led + " was closed by its power alone, and nothing is owed");
    }
    boolean closed = false;
    for (String name : others()) {
      SimServer server = scene.server(name);
      // One that did not answer when it began was closed too, and none is left to acknowledge.
      boolean wasClosed = record.closed().containsKey(new NodeName(name));
      boolean frozen = mayBeLeft() && scene.standsStill(name);
      closed |= wasClosed || (server != leader && frozen);
      if (server != leader && !wasClosed && !frozen && !server.follows(leader)) {
        checks.wrong().add(name + " does not follow: " + server.trouble());
      }
    }
    if (!closed) {
      checks.writesGoOn();
    }
    if (acks.isPresent()) {
      lowered(checks, leader);
    }
    return checks.wrong();
  }

  /** Written down as it is on the leader, and that it was typed. */
  private void lowered(ClusterChecks<?> checks, SimServer leader) {
    LeaderRecord newest = newest();
    if (!newest.lowered().equals(acks) || newest.acks() != acks.get().acks()) {
      checks.wrong().add("what was lowered is not written down: " + newest);
    }
    if (scene.waitsFor(leader) != acks.get().acks()) {
      checks.wrong().add("writes wait for " + scene.waitsFor(leader));
    }
  }

  private LeaderRecord newest() {
    return Observer.look(world().process(), scene.engine(), cluster(), LOOK)
        .epochs()
        .newest()
        .orElseThrow();
  }

  private List<String> others() {
    return cluster().nodes().stream().skip(1).map(node -> node.name().value()).toList();
  }

  /** Refused, or taken back: nobody but the old leader leads, and followers receive again. */
  private List<String> notDone() {
    List<String> wrong = new ArrayList<>();
    for (String name : others()) {
      if (scene.server(name).open() && !ledBefore().equals(Optional.of(name))) {
        wrong.add(name + " leads after a failover that was not done");
      }
      if (scene.standsStill(name)) {
        wrong.add(name + " stays frozen");
      }
    }
    return wrong;
  }
}
