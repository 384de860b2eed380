package replctl.playbooks.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
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
    for (Fault opening : List.of(Fault.SCRIPT_DIES, Fault.NEVER_BEGINS, Fault.FAILS_BEFORE)) {
      Map<Integer, Fault> first = Map.of(open, opening);
      List<String> then = Drill.run(what.stage(seed, false), first, Drill.Way.RESUME).effects();
      int down = 1 + number(then, ".*/handover-opening perform");
      for (Fault standing : down == 0 ? List.<Fault>of() : Fault.ALONE) {
        Map<Integer, Fault> faults = new TreeMap<>(first);
        faults.put(down, standing);
        for (Drill.Way way : Drill.Way.values()) {
          Failing cell = new Failing(what, seed, faults, way, List.of()).again();
          assertThat(cell.wrong()).as(cell::told).isEmpty();
        }
      }
    }
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
   * All cells hold.
   *
   * @param name of what is tried, for people
   * @param faults those of an effect
   */
  public static void holds(
      String name, Case what, long seed, Function<String, List<Fault>> faults) {
    List<String> effects = effects(what, seed);
    assertThat(effects).isNotEmpty();
    int cells = 0;
    List<Failing> failing = new ArrayList<>();
    for (int effect = 1; effect <= effects.size(); effect++) {
      for (Fault fault : faults.apply(effects.get(effect - 1))) {
        for (Drill.Way way : Drill.Way.values()) {
          cells++;
          Failing cell = new Failing(what, seed, Map.of(effect, fault), way, List.of()).again();
          if (!cell.wrong().isEmpty()) {
            failing.add(cell);
          }
        }
      }
    }
    System.out.printf(
        "%s, %s: %d of %d cells (%d effects) passed%n",
        name, what.name(), cells - failing.size(), cells, effects.size());
    assertThat(failing).as(() -> failing.get(0).told()).isEmpty();
  }
}
