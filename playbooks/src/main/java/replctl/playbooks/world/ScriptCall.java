package replctl.playbooks.world;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One use of a script.
 *
 * @param mode what is wanted of it
 * @param values its parameters, by name
 */
public record ScriptCall(Script script, Mode mode, SortedMap<String, Value> values) {
  /** What is wanted of a script. */
  public enum Mode {
    /** Look whether it is done; change nothing. */
    PROBE,
    /** Do it, under the host's lock, unless it is done already. */
    PERFORM,
    /** Stay, hold the lock, and take commands. */
    RESIDENT
  }

  public ScriptCall {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /** To be performed, with these parameters. */
  public static ScriptCall perform(Script script, Map<String, Value> values) {
    return new ScriptCall(script, Mode.PERFORM, new TreeMap<>(values));
  }

  /** To be asked, with these parameters. */
  public static ScriptCall probe(Script script, Map<String, Value> values) {
    return new ScriptCall(script, Mode.PROBE, new TreeMap<>(values));
  }

  /** The same script and parameters, used otherwise. */
  public ScriptCall as(Mode other) {
    return new ScriptCall(script, other, values);
  }

  /** The same call with one more parameter. */
  public ScriptCall with(String name, Value value) {
    SortedMap<String, Value> more = new TreeMap<>(values);
    more.put(name, value);
    return new ScriptCall(script, mode, more);
  }
}
