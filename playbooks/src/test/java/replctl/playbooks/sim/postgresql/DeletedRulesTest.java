package replctl.playbooks.sim.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import replctl.playbooks.sim.Drill;
import replctl.playbooks.sim.Fault;

/**
 * Each rule of failing over is deleted in turn: the simulator must find it, for that rule's own
 * reason, in a run that passes while the rule is there.
 */
class DeletedRulesTest {
  @ParameterizedTest
  @EnumSource(DeletedRule.class)
  void aDeletedRuleIsFound(DeletedRule rule) {
    int cells = 0;
    List<String> otherwise = new ArrayList<>();
    for (int seed = 1; seed <= rule.seeds(); seed++) {
      for (Map<Integer, Fault> faults : faults(rule, seed)) {
        for (Drill.Way way : Drill.Way.values()) {
          cells++;
          List<String> wrong = Drill.run(rule.stage(seed, false, true), faults, way).wrong();
          if (!rule.isFoundBy(wrong)) {
            otherwise.addAll(wrong);
            continue;
          }
          List<String> trace = new ArrayList<>();
          Drill.Report with = Drill.run(rule.stage(seed, true, false), faults, way);
          trace.addAll(with.trace());
          assertThat(with.wrong()).as(() -> String.join("\n", trace)).isEmpty();
          System.out.printf(
              "rule deleted, %s: found by cell %d (seed %d, %s, %s): %s%n",
              rule, cells, seed, faults, way, wrong.get(0));
          return;
        }
      }
    }
    assertThat(rule).as("not found by %d cells, which found %s", cells, otherwise).isNull();
  }

  /** One after the other, and all together. */
  private static List<Map<Integer, Fault>> faults(DeletedRule rule, int seed) {
    if (rule.faults().isEmpty()) {
      return List.of(Map.of());
    }
    List<String> effects =
        Drill.run(rule.stage(seed, false, false), Map.of(), Drill.Way.RESUME).effects();
    List<Map<Integer, Fault>> all = new ArrayList<>();
    Map<Integer, Fault> together = new TreeMap<>();
    for (int i = 1; i <= effects.size(); i++) {
      if (rule.strikes(effects.get(i - 1))) {
        for (Fault fault : rule.faults()) {
          all.add(Map.of(i, fault));
          together.put(i, fault);
        }
      }
    }
    all.add(together);
    return all;
  }
}
