package replctl.playbooks.sim;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A rule is deleted, and runs of chance must find it: pairs of faults at the effects that the rule
 * is about.
 */
public final class Hunt {
  private static final int MOST = 3_000;

  /** A world of a case that is broken on purpose. */
  public interface Broken<C> {
    Drill.Stage stage(C what, long seed);
  }

  private final Map<Case, List<Integer>> effects = new HashMap<>();
  private final String words;
  private final List<Fault> kinds;
  private final int apart;

  /**
   * A hunt.
   *
   * @param words which effects it is about, as a pattern
   * @param kinds which faults
   * @param apart how many effects lie between the two at most
   */
  public Hunt(String words, List<Fault> kinds, int apart) {
    this.words = words;
    this.kinds = kinds;
    this.apart = apart;
  }

  private List<Integer> effects(Case what) {
    List<String> all = Matrix.effects(what, 1);
    return IntStream.rangeClosed(1, all.size())
        .filter(n -> all.get(n - 1).matches(words))
        .boxed()
        .toList();
  }

  /** The first run that finds it, and that holds where nothing is broken. */
  public <C extends Case> Hunted of(String mutant, List<C> cases, Broken<C> broken) {
    for (int seed = 1; seed <= MOST; seed++) {
      Dice dice = new Dice(seed);
      C what = dice.pick(cases);
      Map<Integer, Fault> faults = new TreeMap<>();
      int first = dice.pick(effects.computeIfAbsent(what, this::effects));
      faults.put(first, dice.pick(kinds));
      faults.put(first + (int) dice.between(1, apart), dice.pick(kinds));
      Drill.Way way = dice.pick(List.of(Drill.Way.values()));
      Drill.Report report = Drill.run(broken.stage(what, seed), faults, way);
      if (!report.passed()) {
        Failing unbroken = new Failing(what, seed, faults, way, List.of()).again();
        return unbroken.wrong().isEmpty()
            ? Hunted.found(mutant, seed, report.wrong().get(0))
            : Hunted.missed(mutant, seed, "it breaks with the rule too: " + unbroken.told());
      }
    }
    return Hunted.missed(mutant, MOST, "no pair of faults found it");
  }
}
