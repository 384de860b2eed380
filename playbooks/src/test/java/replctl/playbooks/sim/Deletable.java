package replctl.playbooks.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A rule that is deleted: the simulator must find it, for that rule's own reason, in a run that
 * passes while the rule is there.
 */
public interface Deletable {
  /** The world and the operation, with the rule or without it. */
  Drill.Stage stage(long seed, boolean traced, boolean deleted);

  /** Faults that are tried. */
  default List<Fault> faults() {
    return List.of();
  }

  /** In how many worlds. */
  default int seeds() {
    return 1;
  }

  /** How the operation is taken up then. */
  default List<Drill.Way> ways() {
    return List.of(Drill.Way.values());
  }

  /** Whether that is what must be said then. */
  boolean isFoundBy(List<String> wrong);

  /** Whether faults are tried at that effect. */
  boolean strikes(String effect);

  /** Deletes it, and finds it. */
  default Hunted hunted() {
    int cells = 0;
    List<String> otherwise = new ArrayList<>();
    for (int seed = 1; seed <= seeds(); seed++) {
      for (Map<Integer, Fault> faults : faults(seed)) {
        for (Drill.Way way : ways()) {
          cells++;
          List<String> wrong = Drill.run(stage(seed, false, true), faults, way).wrong();
          if (!isFoundBy(wrong)) {
            otherwise.addAll(wrong);
            continue;
          }
          Drill.Report with = Drill.run(stage(seed, true, false), faults, way);
          String run =
              String.format(Locale.ROOT, "seed %d, %s, %s: %s", seed, faults, way, wrong.get(0));
          return with.passed()
              ? Hunted.found(toString(), cells, run)
              : Hunted.missed(
                  toString(),
                  cells,
                  "it breaks with the rule too: "
                      + with.wrong()
                      + "\n"
                      + String.join("\n", with.trace()));
        }
      }
    }
    return Hunted.missed(toString(), cells, "what was found is " + otherwise);
  }

  /** One after the other, and all together. */
  private List<Map<Integer, Fault>> faults(int seed) {
    if (faults().isEmpty()) {
      return List.of(Map.of());
    }
    List<String> effects =
        Drill.run(stage(seed, false, false), Map.of(), Drill.Way.RESUME).effects();
    List<Map<Integer, Fault>> all = new ArrayList<>();
    Map<Integer, Fault> together = new TreeMap<>();
    for (int i = 1; i <= effects.size(); i++) {
      if (strikes(effects.get(i - 1))) {
        for (Fault fault : faults()) {
          all.add(Map.of(i, fault));
          together.put(i, fault);
        }
      }
    }
    all.add(together);
    return all;
  }
}
