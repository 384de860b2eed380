package replctl.playbooks.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which effects of a run go wrong, and how. Effects are counted from 1 in the order they happen.
 */
public final class Faults {
  private SortedMap<Integer, Fault> planned = new TreeMap<>();
  private final List<String> effects = new ArrayList<>();
  private boolean paused;
  private int stopAt = Integer.MAX_VALUE;

  /** From now on these; the count starts again. */
  public void plan(Map<Integer, Fault> faults) {
    planned = new TreeMap<>(faults);
    effects.clear();
  }

  /** At that effect of the run to come, the operator wishes that nothing more is begun. */
  public void interruptAt(int effect) {
    stopAt = effect;
  }

  /** Nothing goes wrong, and no effect is counted, until this has run. */
  void without(Runnable what) {
    paused = true;
    try {
      what.run();
    } finally {
      paused = false;
    }
  }

  /** Whether the operator wishes that by now. */
  boolean interrupted() {
    return !paused && effects.size() >= stopAt;
  }

  /** From now on nothing goes wrong. */
  public void stop() {
    stopAt = Integer.MAX_VALUE;
    planned = new TreeMap<>();
  }

  /** The fault of the effect that is about to happen. */
  Optional<Fault> next(String effect) {
    if (paused) {
      return Optional.empty();
    }
    effects.add(effect);
    return Optional.ofNullable(planned.get(effects.size()));
  }

  /** The effects so far, in words. */
  public List<String> effects() {
    return List.copyOf(effects);
  }
}
