package replctl.playbooks.sim;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which effects of a run go wrong, and how. Effects are counted from 1 in the order they happen.
 */
public final class Faults {
  private SortedMap<Integer, Fault> planned = new TreeMap<>();
  private int count;

  /** From now on these; the count starts again. */
  public void plan(Map<Integer, Fault> faults) {
    planned = new TreeMap<>(faults);
    count = 0;
  }

  /** From now on nothing goes wrong. */
  public void stop() {
    planned = new TreeMap<>();
  }

  /** The fault of the effect that is about to happen. */
  Optional<Fault> next() {
    count++;
    return Optional.ofNullable(planned.get(count));
  }

  /** How many effects there were. */
  public int count() {
    return count;
  }
}
