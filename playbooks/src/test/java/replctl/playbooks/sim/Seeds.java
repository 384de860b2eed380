package replctl.playbooks.sim;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * Pairs of faults by chance, in worlds by chance, in some of which clocks jump. The range of seeds
 * is {@code sim.from} and {@code sim.seeds}.
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
    if (dice.oneIn(6)) {
      faults.putIfAbsent((int) dice.between(1, what.effects()), Fault.CLOCKS_JUMP);
    }
    return new Failing(what, seed, faults, way, List.of());
  }

  /** Those that break a rule, of so many; on all cores, each in a world of its own. */
  public static List<Failing> failing(List<? extends Case> cases, long from, long count) {
    return LongStream.range(from, from + count)
        .parallel()
        .mapToObj(seed -> drawn(seed, cases).again())
        .filter(run -> !run.wrong().isEmpty())
        .toList();
  }

  /**
   * All of them hold.
   *
   * @param usual how many there are where nothing says so
   */
  public static void hold(List<? extends Case> cases, long usual) {
    long seeds = Long.getLong("sim.seeds", usual);
    long began = System.nanoTime();
    List<Failing> failing = failing(cases, FROM, seeds);
    System.out.printf(
        "seeds %d to %d: %d passed, %.0f a second%n",
        FROM,
        FROM + seeds - 1,
        seeds - failing.size(),
        seeds / ((System.nanoTime() - began) / 1e9));
    Failing.mustBeNone(failing);
  }
}
