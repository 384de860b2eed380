package replctl.playbooks.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Pairs of faults by chance, in worlds by chance. The range of seeds is {@code sim.from} and {@code
 * sim.seeds}.
 */
public final class Seeds {
  private static final long FROM = Long.getLong("sim.from", 1);

  private Seeds() {}

  /** What one seed stands for. */
  private static Failing drawn(long seed, List<? extends Case> cases) {
    Dice dice = new Dice(seed ^ 0x5EED);
    Case what = dice.pick(cases);
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

  /**
   * All of them hold.
   *
   * @param usual how many there are where nothing says so
   */
  public static void hold(List<? extends Case> cases, long usual) {
    long seeds = Long.getLong("sim.seeds", usual);
    List<Failing> failing = new ArrayList<>();
    long began = System.nanoTime();
    for (long seed = FROM; seed < FROM + seeds; seed++) {
      Failing run = drawn(seed, cases).again();
      if (!run.wrong().isEmpty()) {
        failing.add(run);
      }
    }
    System.out.printf(
        "seeds %d to %d: %d passed, %.0f a second%n",
        FROM,
        FROM + seeds - 1,
        seeds - failing.size(),
        seeds / ((System.nanoTime() - began) / 1e9));
    assertThat(failing).as(() -> failing.get(0).told()).isEmpty();
  }
}
