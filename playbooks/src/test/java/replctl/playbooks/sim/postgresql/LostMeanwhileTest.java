package replctl.playbooks.sim.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.plan.Outcome;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.sim.Drill;
import replctl.playbooks.sim.SimHost;
import replctl.playbooks.sim.SimTime;
import replctl.playbooks.sim.SimWorld;
import replctl.playbooks.sim.SwitchoverStage;
import replctl.playbooks.world.World;

/** A node's host dies while a change of leader is under way, and never comes back. */
class LostMeanwhileTest {
  private final PostgresScene scene =
      PostgresScene.running(1, true, 3, PostgresScene.mode(Replication.Mode.ASYNC, 0));

  private record Dying(String lost, BooleanSupplier when, Drill.Stage stage)
      implements Drill.Stage {
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
      // It stays dead.
    }

    @Override
    public Optional<Plan> plan(World process) {
      Optional<Plan> plan = stage.plan(process);
      SimHost host = world().host(new NodeName(lost));
      if (when.getAsBoolean()) {
        host.powered(false);
      }
      world()
          .time()
          .every(
              SimTime.MS,
              () -> {
                if (host.powered() && when.getAsBoolean()) {
                  host.powered(false);
                }
              });
      return plan;
    }

    @Override
    public List<String> wrong(Optional<Entry.Ending> ending) {
      return List.of();
    }
  }

  /** What waits for a host that is gone keeps every other operation and the guard waiting. */
  @ParameterizedTest
  @EnumSource
  void aSwitchoverWhoseCandidateWasNotFoundTwiceIsUndone(Drill.Way way) {
    SimPostgres candidate = scene.server("pg2");
    Drill.Report report = run("pg2", () -> candidate.slots().containsKey("replctl_pg1"), way);

    assertThat(report.ending())
        .as(() -> String.join("\n", report.trace()))
        .contains(Entry.Ending.UNDONE);
    assertThat(scene.server("pg1").open()).isTrue();
  }

  @Test
  void aSwitchoverWhoseFollowerWasNotFoundTwiceIsDone() {
    Drill.Report report = run("pg3", scene.server("pg2")::open, Drill.Way.RESUME);

    assertThat(report.ending())
        .as(() -> String.join("\n", report.trace()))
        .contains(Entry.Ending.DONE);
    assertThat(scene.server("pg2").open()).isTrue();
  }

  private Drill.Report run(String lost, BooleanSupplier when, Drill.Way way) {
    Drill.Stage stage = new SwitchoverStage(scene, Optional.empty());
    Drill.Report report = Drill.run(new Dying(lost, when, stage), Map.of(), way);
    assertThat(report.first())
        .as(() -> String.join("\n", report.trace()))
        .get()
        .isInstanceOf(Outcome.Incomplete.class);
    return report;
  }
}
