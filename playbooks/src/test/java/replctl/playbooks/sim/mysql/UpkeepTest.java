package replctl.playbooks.sim.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import replctl.inventory.Replication;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.sim.BackStage;
import replctl.playbooks.sim.Case;
import replctl.playbooks.sim.Drill;
import replctl.playbooks.sim.Fault;
import replctl.playbooks.sim.Matrix;
import replctl.playbooks.sim.RestartStage;
import replctl.playbooks.sim.StopStage;
import replctl.playbooks.verb.RestartOptions;
import replctl.playbooks.verb.RestartOptions.OfLeader;

/** Servers are restarted and stopped: every effect, every fault, and then both ways to finish. */
class UpkeepTest {
  private static final long SEED = 1;

  /** What is typed. */
  enum Cases implements Case {
    RESTART_ONE,
    RESTART_ROLLING,
    RESTART_ROLLING_SYNC,
    RESTART_ROLLING_IN_PLACE,
    RESTART_ROLLING_BUT_THE_LEADER,
    RESTART_ROLLING_AND_BACK,
    STOP;

    @Override
    public Drill.Stage stage(long seed, boolean traced) {
      Replication semi = MysqlScene.mode(Replication.Mode.SEMI_SYNC, 1);
      Replication sync = MysqlScene.mode(Replication.Mode.SYNC, 0);
      MysqlScene scene =
          MysqlScene.running(seed, traced, 3, this == RESTART_ROLLING_SYNC ? sync : semi);
      return switch (this) {
        case STOP -> new StopStage(scene, scene.node(3));
        case RESTART_ONE ->
            new RestartStage(
                scene,
                new RestartOptions(
                    Optional.of(scene.node(3)), List.of(), OfLeader.SWITCHOVER, Optional.empty()));
        case RESTART_ROLLING, RESTART_ROLLING_SYNC -> rolling(scene, OfLeader.SWITCHOVER);
        case RESTART_ROLLING_IN_PLACE -> rolling(scene, OfLeader.IN_PLACE);
        case RESTART_ROLLING_BUT_THE_LEADER -> rolling(scene, OfLeader.LEFT);
        case RESTART_ROLLING_AND_BACK -> new BackStage(scene);
      };
    }

    private static Drill.Stage rolling(MysqlScene scene, OfLeader leader) {
      return new RestartStage(
          scene, new RestartOptions(Optional.empty(), List.of(), leader, Optional.empty()));
    }

    @Override
    public int effects() {
      return 50;
    }
  }

  @ParameterizedTest
  @EnumSource(Cases.class)
  void withoutFaultsItIsDone(Cases what) {
    Drill.Report report = Drill.run(what.stage(SEED, true), Map.of(), Drill.Way.RESUME);
    assertThat(report.wrong()).as(() -> String.join("\n", report.trace())).isEmpty();
    assertThat(report.ending()).contains(Entry.Ending.DONE);
  }

  @ParameterizedTest
  @EnumSource(Cases.class)
  void whateverFailsItCanBeFinished(Cases what) {
    Matrix.holds("crash matrix of upkeep", what, SEED, Fault::of);
  }
}
