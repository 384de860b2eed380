package replctl.playbooks.sim.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import replctl.inventory.Cluster;
import replctl.inventory.Replication;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.plan.Outcome;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.sim.Drill;
import replctl.playbooks.sim.InitStage;
import replctl.playbooks.sim.SimTime;
import replctl.playbooks.sim.SimWorld;
import replctl.playbooks.sim.SwitchoverStage;
import replctl.playbooks.world.World;

/** A follower whose server is stopped by somebody else while another node becomes its leader. */
class StoppedFollowerTest {
  /** The plan still has it follow; then it is stopped. */
  private record Stopping(PostgresScene scene, Drill.Stage stage) implements Drill.Stage {
    @Override
    public SimWorld world() {
      return stage.world();
    }

    @Override
    public Cluster cluster() {
      return stage.cluster();
    }

    @Override
    public void heal() {
      stage.heal();
    }

    @Override
    public Optional<Plan> plan(World process) {
      Optional<Plan> plan = stage.plan(process);
      scene.server("pg3").stopFast();
      world().time().pass(SimTime.SECOND);
      return plan;
    }

    @Override
    public List<String> wrong(Optional<Entry.Ending> ending) {
      return List.of();
    }
  }

  /** What adopts a cluster ends with followers that stream, so one that is gone is no follower. */
  @Test
  void initDoesNotTakeItForOneThatFollows() {
    PostgresScene scene =
        PostgresScene.foreign(1, true, 3, PostgresScene.mode(Replication.Mode.ASYNC, 0));
    String before = scene.server("pg3").config().get("primary_conninfo");
    Drill.Report report =
        Drill.run(new Stopping(scene, new InitStage(scene)), Map.of(), Drill.Way.RESUME);

    assertThat(report.first())
        .as(() -> String.join("\n", report.trace()))
        .get()
        .isInstanceOfSatisfying(
            Outcome.Incomplete.class,
            left -> assertThat(left.toString()).contains("pg3", "the server does not run"));
    assertThat(scene.server("pg3").config().get("primary_conninfo")).isEqualTo(before);
    assertThat(report.ending()).contains(Entry.Ending.INCOMPLETE);
  }

  @Test
  void itIsToldWhomToFollowWhenItIsStarted() {
    PostgresScene scene =
        PostgresScene.running(1, true, 3, PostgresScene.mode(Replication.Mode.ASYNC, 0));
    Drill.Report report =
        Drill.run(
            new Stopping(scene, new SwitchoverStage(scene, Optional.empty())),
            Map.of(),
            Drill.Way.RESUME);

    assertThat(report.ending())
        .as(() -> String.join("\n", report.trace()))
        .contains(Entry.Ending.DONE);
    scene.server("pg3").start(SimTime.SECOND);
    scene.world().time().pass(10 * SimTime.SECOND);
    assertThat(scene.server("pg3").follows(scene.server("pg2"))).isTrue();
  }
}
