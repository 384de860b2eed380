package replctl.playbooks.sim.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import replctl.playbooks.sim.Dice;
import replctl.playbooks.sim.Drill;
import replctl.playbooks.sim.Fault;

/** Each rule in turn is deleted: runs of chance must find every one of them. */
class MutantsTest {
  private static final int MOST = 3_000;

  private final Map<Cases, List<Integer>> handover = new EnumMap<>(Cases.class);

  /** The effects of a hand-over, by their numbers: that is what the rules are about. */
  private static List<Integer> handover(Cases what) {
    List<String> effects = Drill.run(what.stage(1, false), Map.of(), Drill.Way.RESUME).effects();
    return IntStream.rangeClosed(1, effects.size())
        .filter(n -> effects.get(n - 1).matches(".*/handover-.* (freeze|catch-up|open)"))
        .boxed()
        .toList();
  }

  @ParameterizedTest
  @EnumSource(value = Mutant.class, mode = EnumSource.Mode.EXCLUDE, names = "PLACES_NO_MARKER")
  void aDeletedRuleIsFound(Mutant mutant) {
    for (int seed = 1; seed <= MOST; seed++) {
      Dice dice = new Dice(seed);
      Cases what = dice.pick(Cases.SWITCHOVERS);
      Map<Integer, Fault> faults = new TreeMap<>();
      int first = dice.pick(handover.computeIfAbsent(what, MutantsTest::handover));
      faults.put(first, dice.pick(Fault.ALONE));
      faults.put(first + (int) dice.between(1, 3), dice.pick(Fault.ALONE));
      Drill.Way way = dice.pick(List.of(Drill.Way.values()));
      Drill.Report report = Drill.run(what.stage(seed, false, Optional.of(mutant)), faults, way);
      if (!report.passed()) {
        Failing unbroken = new Failing(what, seed, faults, way, List.of());
        assertThat(Drill.run(what.stage(seed, false), faults, way).wrong())
            .as(unbroken::told)
            .isEmpty();
        System.out.printf("mutant %s: found by seed %d: %s%n", mutant, seed, report.wrong().get(0));
        return;
      }
    }
    assertThat(mutant).as("not found by %d seeds", MOST).isNull();
  }
}
