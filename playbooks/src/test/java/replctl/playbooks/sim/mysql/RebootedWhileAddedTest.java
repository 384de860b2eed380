package replctl.playbooks.sim.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import replctl.inventory.Replication;
import replctl.playbooks.sim.Course;
import replctl.playbooks.sim.Drill;
import replctl.playbooks.sim.Fault;
import replctl.playbooks.sim.Job;
import replctl.playbooks.sim.MembersStage;
import replctl.playbooks.sim.Otherwise;
import replctl.playbooks.sim.SimHost;
import replctl.playbooks.sim.Twin;

/**
 * A new follower boots before it is written down that it may acknowledge: its start guard has it
 * receive, and a write that only it has acknowledged would be taken for one that the others have.
 */
class RebootedWhileAddedTest {
  private static final String NEW = "my4";

  /** Its host boots as soon as its start guard stands there. */
  private static Twin booting(Twin install) {
    return new Otherwise(install) {
      @Override
      public Course perform(Job job) {
        Course course = super.perform(job);
        SimHost host = job.host();
        return host.name().value().equals(NEW) ? course.act(() -> boots(host)) : course;
      }
    };
  }

  private static void boots(SimHost host) {
    host.powered(false);
    host.powered(true);
  }

  private static Drill.Stage stage(long seed, boolean boots) {
    MysqlScene scene =
        MysqlScene.fresh(seed, true, 3, MysqlScene.mode(Replication.Mode.SEMI_SYNC, 1));
    if (boots) {
      scene.replace("guard", "install", RebootedWhileAddedTest::booting);
    }
    return MembersStage.of(scene, MembersStage.What.ADD);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void nobodyReliesOnItsWordBefore(long seed) {
    List<String> effects = Drill.run(stage(seed, false), Map.of(), Drill.Way.RESUME).effects();
    int installed = 1 + effects.indexOf(NEW + " guard/install perform");
    assertThat(installed).isPositive();

    Drill.Report report =
        Drill.run(stage(seed, true), Map.of(installed, Fault.DIES_AFTER), Drill.Way.RESUME);

    assertThat(report.wrong()).as(() -> String.join("\n", report.trace())).isEmpty();
  }
}
