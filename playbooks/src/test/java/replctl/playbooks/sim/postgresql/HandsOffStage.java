package replctl.playbooks.sim.postgresql;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.postgresql.PostgresqlEngine;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.observe.Observer;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.sim.Drill;
import replctl.playbooks.sim.SimEpoch;
import replctl.playbooks.sim.SimHost;
import replctl.playbooks.sim.SimTime;
import replctl.playbooks.sim.SimWorld;
import replctl.playbooks.snapshot.Epochs;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Maintenance;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Decision;
import replctl.playbooks.verb.HandsOff;
import replctl.playbooks.verb.Switchover;
import replctl.playbooks.world.World;

/** Maintenance begins, for an hour, or one of somebody else's ends. */
final class HandsOffStage implements Drill.Stage {
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final long HOUR_MS = 3_600_000;

  private final PostgresScene scene;
  private final boolean on;
  private final Engine engine = new PostgresqlEngine();

  HandsOffStage(PostgresScene scene, boolean on) {
    this.scene = scene;
    this.on = on;
    if (!on) {
      Maintenance others = new Maintenance("op-m", "bob@adm2", "", OptionalLong.empty());
      LeaderRecord written = look().epochs().newest().orElseThrow();
      for (SimHost host : world().hosts()) {
        host.files()
            .put(
                PgPaths.state(host) + "/epoch",
                SimEpoch.settled(written.maintained(Optional.of(others))).text());
      }
    }
  }

  private Snapshot look() {
    return Observer.look(world().process(), engine, cluster(), LOOK);
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
    Snapshot seen = Observer.look(process, engine, cluster(), LOOK);
    String op = process.ids().operation();
    Decision decision =
        on
            ? HandsOff.on(
                cluster(),
                seen,
                op,
                new Maintenance(op, "dba@laptop", "new disks", OptionalLong.of(HOUR_MS)))
            : HandsOff.off(cluster(), seen, op);
    world().trace().say(decision::toString);
    return decision instanceof Decision.Planned planned
        ? Optional.of(planned.plan())
        : Optional.empty();
  }

  @Override
  public List<String> wrong(Optional<Entry.Ending> ending) {
    ClusterChecks checks = new ClusterChecks(scene);
    checks.leader().ifPresent(checks::allFollow);
    checks.writesGoOn();
    Epochs seen = look().epochs();
    if (ending.equals(Optional.of(Entry.Ending.DONE)) && seen.handsOff().isPresent() != on) {
      checks.wrong().add("it is done, and written down is " + seen.maintenance());
    }
    if (seen.handsOff().isPresent() && switchover().isEmpty()) {
      checks.wrong().add("a switchover would begin under maintenance");
    }
    if (on && seen.handsOff().isPresent()) {
      world().time().pass(HOUR_MS * SimTime.MS);
      if (look().epochs().handsOff().isPresent()) {
        checks.wrong().add("an hour later hands are still kept off");
      }
    }
    return checks.wrong();
  }

  private Optional<Refusal> switchover() {
    Decision decision =
        new Switchover(engine)
            .decide(cluster(), look(), "op-after", Optional.of(new NodeName("pg2")));
    return decision instanceof Decision.Refused refused
        ? Optional.of(refused.refusal())
        : Optional.empty();
  }
}
