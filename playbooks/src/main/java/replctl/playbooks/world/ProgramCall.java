package replctl.playbooks.world;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One use of a program of the operator's own, on the operator's host.
 *
 * @param command the program and its arguments, as declared: nothing is put into them
 * @param values what it is told, by camelCase names: in its environment and on its input. Control
 *     characters become {@code ?}, so that a value stays one line. Never a secret
 */
public record ProgramCall(List<String> command, SortedMap<String, String> values) {
  /** How the names of its environment variables begin. */
  public static final String PREFIX = "REPLCTL_";

  public ProgramCall {
    command = List.copyOf(command);
    SortedMap<String, String> lines = new TreeMap<>();
    values.forEach((name, value) -> lines.put(name, oneLine(value)));
    values = Collections.unmodifiableSortedMap(lines);
  }

  /** The program of that command, which is told this. */
  public static ProgramCall of(List<String> command, Map<String, String> values) {
    return new ProgramCall(command, new TreeMap<>(values));
  }

  /** The same call that is told this, too. */
  public ProgramCall with(String name, String value) {
    SortedMap<String, String> more = new TreeMap<>(values);
    more.put(name, value);
    return new ProgramCall(command, more);
  }

  /** What it is told, as environment variables: {@code newLeader} is {@code REPLCTL_NEW_LEADER}. */
  public Map<String, String> environment() {
    Map<String, String> variables = new TreeMap<>();
    values.forEach((name, value) -> variables.put(variable(name), value));
    return variables;
  }

  private static String variable(String name) {
    return PREFIX + name.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
  }

  private static String oneLine(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints().forEach(c -> line.appendCodePoint(Character.isISOControl(c) ? '?' : c));
    return line.toString();
  }
}
