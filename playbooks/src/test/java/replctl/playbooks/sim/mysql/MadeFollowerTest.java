package replctl.playbooks.sim.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import replctl.inventory.Replication;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.sim.ByHand;
import replctl.playbooks.sim.Drill;
import replctl.playbooks.sim.Fault;
import replctl.playbooks.sim.SwitchoverStage;

/** The old leader of a switchover that died is told to follow, by hand, before it is taken back. */
class MadeFollowerTest {
  private final MysqlScene scene =
      MysqlScene.running(1, true, 3, MysqlScene.mode(Replication.Mode.ASYNC, 0));

  /** An operation that waits for what can never be would keep every other one waiting. */
  @Test
  void itIsUndoneAndTheOldLeaderIsLeftAlone() {
    SimMysql old = scene.server("my1");
    Drill.Stage stage =
        new ByHand(
            new SwitchoverStage(scene, Optional.empty()),
            old::isSuperReadOnly,
            () -> scene.follow(scene.node(1), scene.node(3)));

    Drill.Report report = Drill.run(stage, Map.of(frozen(), Fault.DIES_AFTER), Drill.Way.ABORT);

    assertThat(report.ending())
        .as(() -> String.join("\n", report.trace()))
        .contains(Entry.Ending.UNDONE);
    assertThat(old.open()).isFalse();
    assertThat(scene.server("my2").open()).isFalse();
  }

  private static int frozen() {
    List<String> effects =
        Drill.run(Cases.SWITCHOVER_ASYNC.stage(1, false), Map.of(), Drill.Way.RESUME).effects();
    int freeze = effects.indexOf("my1 mysql/handover-closing resident freeze");
    assertThat(freeze).isPositive();
    return 1 + freeze;
  }
}
