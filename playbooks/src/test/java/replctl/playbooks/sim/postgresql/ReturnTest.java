package replctl.playbooks.sim.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import replctl.playbooks.sim.Drill;

/** A leader that comes back opens by itself where it may, and nowhere else. */
class ReturnTest {
  @ParameterizedTest
  @EnumSource(ReturnStage.Meanwhile.class)
  void comesBackAsItMay(ReturnStage.Meanwhile meanwhile) {
    for (int seed = 1; seed <= 20; seed++) {
      Drill.Report report =
          Drill.run(ReturnStage.of(seed, true, meanwhile), Map.of(), Drill.Way.RESUME);
      assertThat(report.wrong()).as(() -> String.join("\n", report.trace())).isEmpty();
    }
  }
}
