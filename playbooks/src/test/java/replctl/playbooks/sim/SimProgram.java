package replctl.playbooks.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A simulated program of the operator's own: how it is, and what it was told. */
public final class SimProgram {
  /** How a program is. */
  public enum Health {
    WELL,
    /** It ends with another code than 0. */
    SAYS_NO,
    /** It never ends by itself. */
    HANGS,
    /** It is not there, or somebody else may change it. */
    UNUSABLE
  }

  private final List<Map<String, String>> calls = new ArrayList<>();
  private Health health = Health.WELL;
  private Consumer<Map<String, String>> deed = values -> {};

  /** From now on it is so. */
  public void is(Health wanted) {
    health = wanted;
  }

  /** What it does besides, told this. */
  public void does(Consumer<Map<String, String>> what) {
    deed = what;
  }

  /** What it was told, each time that it ran. */
  public List<Map<String, String>> calls() {
    return List.copyOf(calls);
  }

  Health health() {
    return health;
  }

  void runs(Map<String, String> values) {
    calls.add(values);
    deed.accept(values);
  }
}
