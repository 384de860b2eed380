package replctl.playbooks.sim.postgresql;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A connection string, read as libpq reads it. */
final class Conninfo {
  private static final Pattern PART =
      Pattern.compile("([a-z_]+)\\s*=\\s*('(?:[^'\\\\]|\\\\.)*'|[^\\s]*)");

  private Conninfo() {}

  static Map<String, String> read(String text) {
    Map<String, String> parts = new TreeMap<>();
    Matcher matcher = PART.matcher(text);
    while (matcher.find()) {
      String value = matcher.group(2);
      if (value.startsWith("'")) {
        value = value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1");
      }
      parts.put(matcher.group(1), value);
    }
    return parts;
  }
}
