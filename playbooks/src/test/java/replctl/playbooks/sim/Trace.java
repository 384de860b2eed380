package replctl.playbooks.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** What happened, for people: {@code seed 42: t=1.203 pg1 postgresql/follow perform -> done}. */
public final class Trace {
  private final long seed;
  private final SimTime time;
  private final boolean on;
  private final List<String> lines = new ArrayList<>();

  /**
   * A trace.
   *
   * @param on whether lines are kept; a run that failed is done again with its trace on
   */
  public Trace(long seed, SimTime time, boolean on) {
    this.seed = seed;
    this.time = time;
    this.on = on;
  }

  /** Notes something. */
  public void say(Supplier<String> words) {
    if (on) {
      lines.add(
          String.format(
              Locale.ROOT,
              "seed %d: t=%.3f %s",
              seed,
              time.now() / (double) SimTime.SECOND,
              words.get()));
    }
  }

  /** All lines so far. */
  public List<String> lines() {
    return List.copyOf(lines);
  }
}
