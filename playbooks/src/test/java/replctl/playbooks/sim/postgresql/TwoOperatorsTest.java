package replctl.playbooks.sim.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import replctl.playbooks.sim.Drill;
import replctl.playbooks.sim.Fault;

/**
 * At every effect the operator's machine falls asleep, another operator on another host takes the
 * operation over and finishes it, and then the first wakes up and goes on where it was. Not tried
 * with hooks: no host can hold back a program that runs on the operator's own.
 */
class TwoOperatorsTest {
  private static final long SEED = 1;

  @ParameterizedTest
  @EnumSource(
      value = Cases.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"SWITCHOVER_WITH_HOOKS", "FAILOVER_WITH_HOOKS"})
  void oneThatWasOvertakenDoesNoHarm(Cases what) {
    List<String> effects = Drill.run(what.stage(SEED, false), Map.of(), Drill.Way.RESUME).effects();
    assertThat(effects).isNotEmpty();
    int cells = 0;
    List<Failing> failing = new ArrayList<>();
    for (int effect = 1; effect <= effects.size(); effect++) {
      for (Fault fault : Fault.RIVALS) {
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
        "two operators, %s: %d of %d cells (%d effects) passed%n",
        what, cells - failing.size(), cells, effects.size());
    assertThat(failing).as(() -> failing.get(0).told()).isEmpty();
  }
}
