package replctl.playbooks.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Every effect of an operation, every fault, and then both ways to finish. */
public final class Matrix {
  private Matrix() {}

  /** The effects of a case when nothing goes wrong, in words. */
  public static List<String> effects(Case what, long seed) {
    return Drill.run(what.stage(seed, false), Map.of(), Drill.Way.RESUME).effects();
  }

  /**
   * The candidate's script is killed while it opens, and the one that has it stand down is killed
   * too, or never comes there: whoever led leads again, or it is said that this is left.
   */
  public static void standsDownOrSaysSo(Case what, long seed) {
    List<String> effects = effects(what, seed);
    int open = 1 + number(effects, ".*/handover-opening resident open");
    List<Failing> cells = new ArrayList<>();
    for (Fault opening : List.of(Fault.SCRIPT_DIES, Fault.NEVER_BEGINS, Fault.FAILS_BEFORE)) {
      Map<Integer, Fault> first = Map.of(open, opening);
      List<String> then = Drill.run(what.stage(seed, false), first, Drill.Way.RESUME).effects();
      int down = 1 + number(then, ".*/handover-opening perform");
      for (Fault standing : down == 0 ? List.<Fault>of() : Fault.ALONE) {
        Map<Integer, Fault> faults = new TreeMap<>(first);
        faults.put(down, standing);
        for (Drill.Way way : Drill.Way.values()) {
          cells.add(new Failing(what, seed, faults, way, List.of()));
        }
      }
    }
    Failing.mustBeNone(
        cells.parallelStream()
            .map(Failing::again)
            .filter(cell -> !cell.wrong().isEmpty())
            .toList());
  }

  /** From 0; -1: there is none. */
  private static int number(List<String> effects, String words) {
    for (int i = 0; i < effects.size(); i++) {
      if (effects.get(i).matches(words)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * A cell each for every effect and fault, to be finished in one way.
   *
   * @param faults those of an effect
   */
  private static List<Failing> cells(
      Case what, long seed, List<String> effects, Function<String, List<Fault>> faults) {
    List<Failing> cells = new ArrayList<>();
    for (int effect = 1; effect <= effects.size(); effect++) {
      for (Fault fault : faults.apply(effects.get(effect - 1))) {
        cells.add(new Failing(what, seed, Map.of(effect, fault), Drill.Way.RESUME, List.of()));
      }
    }
    return cells;
  }

  /**
   * Whether that cell finds the world as another one does: where no time has passed since the
   * effect before, whoever dies before this one dies after that one.
   */
  private static boolean isAnothers(
      Failing cell, Drill.Report plain, Function<String, List<Fault>> faults) {
    int effect = cell.faults().keySet().iterator().next();
    return cell.faults().get(effect) == Fault.DIES_BEFORE
        && plain.atOnce().contains(effect)
        && faults.apply(plain.effects().get(effect - 2)).contains(Fault.DIES_AFTER);
  }

  /** Finished in both ways: where nobody had to take it up, both are the same run. */
  private static List<Failing> bothWays(Failing cell) {
    Drill.Report resumed = cell.run();
    Failing aborted =
        new Failing(cell.what(), cell.seed(), cell.faults(), Drill.Way.ABORT, List.of());
    return resumed.takenUp()
        ? List.of(cell.with(resumed), aborted.again())
        : List.of(cell.with(resumed));
  }

  /** The cells that are left out are others' runs, to the last line of their traces. */
  public static void leavesOutWhatIsTheSame(Case what, long seed) {
    Drill.Report plain = Drill.run(what.stage(seed, false), Map.of(), Drill.Way.RESUME);
    List<Failing> out =
        cells(what, seed, plain.effects(), Fault::of).stream()
            .filter(cell -> isAnothers(cell, plain, Fault::of))
            .toList();
    if (out.isEmpty()) {
      throw new AssertionError("none is left out of " + what.name());
    }
    for (Failing cell : out) {
      int effect = cell.faults().keySet().iterator().next();
      for (Drill.Way way : Drill.Way.values()) {
        List<String> before = afterDeath(what, seed, Map.of(effect, Fault.DIES_BEFORE), way);
        List<String> after = afterDeath(what, seed, Map.of(effect - 1, Fault.DIES_AFTER), way);
        if (!before.equals(after)) {
          throw new AssertionError(cell + " goes on otherwise: " + before + "\n" + after);
        }
      }
    }
  }

  private static List<String> afterDeath(
      Case what, long seed, Map<Integer, Fault> faults, Drill.Way way) {
    List<String> trace = Drill.run(what.stage(seed, true), faults, way).trace();
    int death = number(trace, ".* replctl dies .*");
    return trace.subList(death + 1, trace.size());
  }

  /**
   * What came of a case.
   *
   * @param effects how many it has
   * @param cells how many there are: by effect, fault and way
   * @param runs how many runs differ; the others would be these over again
   * @param failing those that broke a rule
   */
  public record Tried(Case what, int effects, int cells, int runs, List<Failing> failing) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s: %d cells (%d effects, %d runs that differ), %d failed",
          what.name(),
          cells,
          effects,
          runs,
          failing.size());
    }
  }

  /**
   * Tries all cells, on all cores, each in a world of its own.
   *
   * @param faults those of an effect
   */
  public static Tried tried(Case what, long seed, Function<String, List<Fault>> faults) {
    Drill.Report plain = Drill.run(what.stage(seed, false), Map.of(), Drill.Way.RESUME);
    List<Failing> cells = cells(what, seed, plain.effects(), faults);
    List<Failing> differing =
        cells.stream().filter(cell -> !isAnothers(cell, plain, faults)).toList();
    List<Failing> runs =
        differing.parallelStream().map(Matrix::bothWays).flatMap(List::stream).toList();
    return new Tried(
        what,
        plain.effects().size(),
        cells.size() * Drill.Way.values().length,
        runs.size(),
        runs.stream().filter(run -> !run.wrong().isEmpty()).toList());
  }

  /**
   * All cells hold.
   *
   * @param name of what is tried, for people
   * @param faults those of an effect
   */
  public static void holds(
      String name, Case what, long seed, Function<String, List<Fault>> faults) {
    Tried tried = tried(what, seed, faults);
    System.out.println(name + ", " + tried);
    if (tried.cells() == 0) {
      throw new AssertionError(what.name() + " has no effects");
    }
    Failing.mustBeNone(tried.failing());
  }
}
