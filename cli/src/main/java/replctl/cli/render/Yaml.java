package replctl.cli.render;

import java.util.Collection;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes a {@link Doc} as YAML. Texts that could be read as something else are quoted as in JSON.
 */
final class Yaml {
  /** Words that every YAML reads as text: none of them is a number, a truth, a null or a date. */
  private static final Pattern BARE =
      Pattern.compile("[A-Za-z][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*");

  private static final Pattern NOT_TEXT =
      Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null|inf|nan");

  private final StringBuilder to = new StringBuilder();

  private Yaml() {}

  /** With a line feed at the end. */
  static String of(Doc doc) {
    Yaml yaml = new Yaml();
    yaml.fields(doc.fields(), 0, false);
    return yaml.to.toString();
  }

  private void fields(Map<?, ?> map, int depth, boolean started) {
    boolean first = started;
    for (Map.Entry<?, ?> field : map.entrySet()) {
      to.append(first ? "" : "  ".repeat(depth)).append(scalar(field.getKey())).append(':');
      first = false;
      nested(field.getValue(), depth);
    }
  }

  private void nested(Object value, int depth) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      to.append('\n');
      fields(map, depth + 1, false);
    } else if (value instanceof Collection<?> list && !list.isEmpty()) {
      to.append('\n');
      for (Object item : list) {
        to.append("  ".repeat(depth)).append("- ");
        if (item instanceof Map<?, ?> map && !map.isEmpty()) {
          fields(map, depth + 1, true);
        } else {
          to.append(scalar(item)).append('\n');
        }
      }
    } else {
      to.append(' ').append(scalar(value)).append('\n');
    }
  }

  private static String scalar(Object value) {
    if (value instanceof Map) {
      return "{}";
    }
    if (value instanceof Collection) {
      return "[]";
    }
    if (value instanceof String text
        && BARE.matcher(text).matches()
        && !NOT_TEXT.matcher(text).matches()) {
      return text;
    }
    return Json.scalar(value);
  }
}
