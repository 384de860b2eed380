package replctl.playbooks.sim.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.sim.Drill;
import replctl.playbooks.sim.Fault;

/** Every effect of an operation, every fault, and then both ways to finish. */
class CrashMatrixTest {
  private static final long SEED = 1;

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
    int effects = Drill.run(what.stage(SEED, false), Map.of(), Drill.Way.RESUME).effects();
    int cells = 0;
    List<Failing> failing = new ArrayList<>();
    for (int effect = 1; effect <= effects; effect++) {
      for (Fault fault : Fault.values()) {
        for (Drill.Way way : Drill.Way.values()) {
          cells++;
          Map<Integer, Fault> faults = Map.of(effect, fault);
          Drill.Report report = Drill.run(what.stage(SEED, false), faults, way);
          if (!report.passed()) {
            failing.add(new Failing(what, SEED, faults, way, report.wrong()));
          }
        }
      }
    }
    System.out.printf(
        "crash matrix, %s: %d of %d cells (%d effects) passed%n",
        what, cells - failing.size(), cells, effects);
    assertThat(failing).as(() -> failing.get(0).told()).isEmpty();
  }
}
