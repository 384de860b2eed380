package replctl.playbooks.sim.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import replctl.playbooks.sim.Drill;

/** One run again, with its trace: system properties say which. */
class ReplayTest {
  @Test
  void theSameRunAgain() {
    Cases what = Cases.valueOf(System.getProperty("sim.case", Cases.SWITCHOVER_ASYNC.name()));
    long seed = Long.getLong("sim.seed", 1);
    String faults = System.getProperty("sim.faults", "");
    Drill.Way way = Drill.Way.valueOf(System.getProperty("sim.way", Drill.Way.RESUME.name()));
    Drill.Report report = Drill.run(what.stage(seed, true), Drill.faults(faults), way);
    if (System.getProperty("sim.case") != null) {
      report.trace().forEach(System.out::println);
    }
    assertThat(report.wrong()).isEmpty();
    List<String> again = Drill.run(what.stage(seed, true), Drill.faults(faults), way).trace();
    assertThat(again).isEqualTo(report.trace());
  }
}
