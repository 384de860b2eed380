package replctl.playbooks.sim.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import replctl.inventory.Replication;
import replctl.playbooks.sim.Drill;
import replctl.playbooks.sim.ReturnStage;

/** A leader that comes back opens by itself where it may, and nowhere else. */
class ReturnTest {
  @ParameterizedTest
  @EnumSource(ReturnStage.Meanwhile.class)
  void comesBackAsItMay(ReturnStage.Meanwhile meanwhile) {
    for (int seed = 1; seed <= 20; seed++) {
      Drill.Report report =
          Drill.run(
              new ReturnStage(
                  MysqlScene.running(seed, true, 3, MysqlScene.mode(Replication.Mode.SEMI_SYNC, 1)),
                  meanwhile),
              Map.of(),
              Drill.Way.RESUME);
      assertThat(report.wrong()).as(() -> String.join("\n", report.trace())).isEmpty();
    }
  }
}
