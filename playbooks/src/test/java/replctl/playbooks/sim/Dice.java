package replctl.playbooks.sim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Chance that can be had again: all of it comes from a seed (SplitMix64). */
public final class Dice {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private long state;

  public Dice(long seed) {
    state = seed * GOLDEN + GOLDEN;
  }

  private long next() {
    state += GOLDEN;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** How far it is: two worlds that are as far go on alike. */
  long place() {
    return state;
  }

  /** A number from {@code low} to {@code high}, both possible. */
  public long between(long low, long high) {
    return low + Math.floorMod(next(), high - low + 1);
  }

  /** A number from 0 to {@code bound} less one. */
  public int below(int bound) {
    return (int) between(0, bound - 1L);
  }

  /** True once in so many times. */
  public boolean oneIn(int times) {
    return below(times) == 0;
  }

  /** One of them. */
  public <T> T pick(List<T> from) {
    return from.get(below(from.size()));
  }

  /** All of them, in another order. */
  public <T> List<T> shuffled(Collection<T> things) {
    List<T> order = new ArrayList<>(things);
    for (int i = order.size() - 1; i > 0; i--) {
      int j = below(i + 1);
      T moved = order.get(i);
      order.set(i, order.get(j));
      order.set(j, moved);
    }
    return order;
  }
}
