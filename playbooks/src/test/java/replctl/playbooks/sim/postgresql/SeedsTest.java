package replctl.playbooks.sim.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import replctl.playbooks.sim.Dice;
import replctl.playbooks.sim.Drill;
import replctl.playbooks.sim.Fault;

/**
 * Pairs of faults by chance, in worlds by chance. The range of seeds is {@code sim.from} and {@code
 * sim.seeds}.
 */
class SeedsTest {
  private static final long FROM = Long.getLong("sim.from", 1);
  private static final long SEEDS = Long.getLong("sim.seeds", 500);

  /** What one seed stands for. */
  static Failing drawn(long seed) {
    Dice dice = new Dice(seed ^ 0x5EED);
    Cases what = dice.pick(List.of(Cases.values()));
    Map<Integer, Fault> faults = new TreeMap<>();
    // Half of them strike where it matters most: around the hand-over.
    boolean late = dice.oneIn(2);
    int first =
        (int) dice.between(late ? what.effects() / 2 : 1, what.effects() * (late ? 3L : 4L) / 4);
    faults.put(first, dice.pick(Fault.ALONE));
    faults.put(first + (int) dice.between(1, dice.oneIn(2) ? 4 : 30), dice.pick(Fault.ALONE));
    Drill.Way way = dice.pick(List.of(Drill.Way.values()));
    return new Failing(what, seed, faults, way, List.of());
  }

  @Test
  void twoFaultsAtOnceAreSurvivedToo() {
    List<Failing> failing = new ArrayList<>();
    long began = System.nanoTime();
    for (long seed = FROM; seed < FROM + SEEDS; seed++) {
      Failing drawn = drawn(seed);
      Drill.Report report = Drill.run(drawn.what().stage(seed, false), drawn.faults(), drawn.way());
      if (!report.passed()) {
        failing.add(new Failing(drawn.what(), seed, drawn.faults(), drawn.way(), report.wrong()));
      }
    }
    System.out.printf(
        "seeds %d to %d: %d passed, %.0f a second%n",
        FROM,
        FROM + SEEDS - 1,
        SEEDS - failing.size(),
        SEEDS / ((System.nanoTime() - began) / 1e9));
    assertThat(failing).as(() -> failing.get(0).told()).isEmpty();
  }
}
