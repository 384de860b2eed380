package replctl.playbooks.sim;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Fanout;

/**
 * Work at the same time, on one thread: one piece after the other, in an order of the seed. Each
 * piece sees the time as if it had begun with the others, and the whole takes as long as its
 * longest piece.
 */
final class SimFanout implements Fanout {
  private final SimTime time;
  private final SimClock clock;
  private final Dice dice;
  private int depth;

  SimFanout(SimTime time, SimClock clock, Dice dice) {
    this.time = time;
    this.clock = clock;
    this.dice = dice;
  }

  /** The process that had work under way is gone. */
  void reset() {
    depth = 0;
  }

  /** Another process acts in between; whatever this one has under way waits. */
  void meanwhile(Runnable other) {
    int mine = depth;
    long ahead = clock.ahead();
    depth = 0;
    clock.ahead(0);
    try {
      other.run();
    } finally {
      depth = mine;
      clock.ahead(ahead);
    }
  }

  /** Whether other work is under way: then nobody may let time pass for all of it. */
  boolean shared() {
    return depth > 0;
  }

  @Override
  public <K, V> Map<K, Optional<V>> each(Collection<K> keys, Function<K, V> work, Deadline by) {
    Map<K, Optional<V>> results = new LinkedHashMap<>();
    keys.forEach(key -> results.put(key, Optional.empty()));
    long began = clock.nanos();
    long outer = clock.ahead();
    long ended = began;
    depth++;
    try {
      for (K key : dice.shuffled(results.keySet())) {
        clock.ahead(began - time.now());
        V result = work.apply(key);
        boolean late = clock.nanos() > by.atNanos();
        results.put(key, late ? Optional.empty() : Optional.ofNullable(result));
        ended = Math.max(ended, Math.min(clock.nanos(), by.atNanos()));
      }
    } finally {
      depth--;
      clock.ahead(outer);
    }
    long left = ended - clock.nanos();
    if (left > 0 && depth > 0) {
      clock.ahead(outer + left);
    } else if (left > 0) {
      time.pass(left);
    }
    return results;
  }
}
