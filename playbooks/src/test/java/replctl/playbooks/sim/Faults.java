package replctl.playbooks.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which effects of a run go wrong, and how. Effects are counted from 1 in the order they happen.
 */
public final class Faults {
  private SortedMap<Integer, Fault> planned = new TreeMap<>();
  private final List<String> effects = new ArrayList<>();

  /** A state of the world that nothing has come after yet. */
  record Moment(long now, long dice) {}

  /** Those that began at the very moment at which the one before had ended. */
  private final Set<Integer> atOnce = new TreeSet<>();

  /** When the last one ended; empty: it has not, or nobody dies after it. */
  private Optional<Moment> ended = Optional.empty();

  private boolean paused;
  private int stopAt = Integer.MAX_VALUE;

  /** From now on these; the count starts again. */
  public void plan(Map<Integer, Fault> faults) {
    planned = new TreeMap<>(faults);
    effects.clear();
    atOnce.clear();
    ended = Optional.empty();
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

  /**
   * The fault of the effect that is about to happen.
   *
   * @param now when that is
   */
  Optional<Fault> next(String effect, Moment now) {
    if (paused) {
      return Optional.empty();
    }
    effects.add(effect);
    if (ended.equals(Optional.of(now))) {
      atOnce.add(effects.size());
    }
    ended = Optional.empty();
    return Optional.ofNullable(planned.get(effects.size()));
  }

  /** The last effect has ended, and whoever dies then dies after it. */
  void ended(Moment now) {
    if (!paused) {
      ended = Optional.of(now);
    }
  }

  /** Something was done that is no effect, and that a process which is dead would not have done. */
  void wentOn() {
    ended = Optional.empty();
  }

  /** Those of them that began at the very moment at which the one before had ended. */
  Set<Integer> atOnce() {
    return Set.copyOf(atOnce);
  }

  /** The effects so far, in words. */
  public List<String> effects() {
    return List.copyOf(effects);
  }
}
