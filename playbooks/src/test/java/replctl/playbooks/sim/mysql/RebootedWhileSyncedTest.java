package replctl.playbooks.sim.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import replctl.inventory.Replication;
import replctl.playbooks.sim.Course;
import replctl.playbooks.sim.Drill;
import replctl.playbooks.sim.Fault;
import replctl.playbooks.sim.Job;
import replctl.playbooks.sim.Otherwise;
import replctl.playbooks.sim.SimHost;
import replctl.playbooks.sim.SyncStage;
import replctl.playbooks.sim.Twin;

/**
 * The leader boots when it waits for more already and that is not written down yet: its start guard
 * keeps it closed for as long as the operation is not over, and the operation needs it open.
 */
class RebootedWhileSyncedTest {
  private static Twin booting(Twin durability) {
    return new Otherwise(durability) {
      @Override
      public Course perform(Job job) {
        Course course = super.perform(job);
        SimHost host = job.host();
        return host.name().value().equals("my1") ? course.act(() -> boots(host)) : course;
      }
    };
  }

  private static void boots(SimHost host) {
    host.powered(false);
    host.powered(true);
  }

  private static Drill.Stage stage(boolean boots) {
    MysqlScene scene =
        MysqlScene.running(1, true, 3, MysqlScene.mode(Replication.Mode.SEMI_SYNC, 1));
    if (boots) {
      scene.replace("mysql", "durability", RebootedWhileSyncedTest::booting);
    }
    return new SyncStage(scene, Optional.of(0), Optional.empty(), 1);
  }

  /** To go on with it does not help then, and it says so. */
  @Test
  void itIsTakenBackAndOpenedAgain() {
    List<String> effects = Drill.run(stage(false), Map.of(), Drill.Way.RESUME).effects();
    int waits = 1 + effects.indexOf("my1 mysql/durability perform");
    assertThat(waits).isPositive();

    Drill.Report report = Drill.run(stage(true), Map.of(waits, Fault.DIES_AFTER), Drill.Way.ABORT);

    assertThat(report.wrong()).as(() -> String.join("\n", report.trace())).isEmpty();
  }
}
