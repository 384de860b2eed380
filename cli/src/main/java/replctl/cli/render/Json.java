package replctl.cli.render;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/** Writes a {@link Doc} as JSON. Characters that a terminal obeys are escaped. */
final class Json {
  private final StringBuilder to = new StringBuilder();

  private Json() {}

  /** On several lines, with a line feed at the end. */
  static String of(Doc doc) {
    Json json = new Json();
    json.value(doc.fields(), 0);
    return json.to.append('\n').toString();
  }

  /** On one line, with a line feed at the end: for results that follow each other. */
  static String line(Doc doc) {
    StringBuilder line = new StringBuilder();
    brief(doc.fields(), line);
    return line.append('\n').toString();
  }

  private static void brief(Object value, StringBuilder to) {
    if (value instanceof Map<?, ?> map) {
      String comma = "{";
      for (Map.Entry<?, ?> field : map.entrySet()) {
        to.append(comma);
        quote(String.valueOf(field.getKey()), to);
        to.append(':');
        brief(field.getValue(), to);
        comma = ",";
      }
      to.append(map.isEmpty() ? "{}" : "}");
    } else if (value instanceof Collection<?> list) {
      String comma = "[";
      for (Object item : list) {
        to.append(comma);
        brief(item, to);
        comma = ",";
      }
      to.append(list.isEmpty() ? "[]" : "]");
    } else {
      to.append(scalar(value));
    }
  }

  private void value(Object value, int depth) {
    if (value instanceof Map<?, ?> map) {
      open('{', map.isEmpty());
      boolean first = true;
      for (Map.Entry<?, ?> field : map.entrySet()) {
        next(first, depth + 1);
        first = false;
        quote(String.valueOf(field.getKey()), to);
        to.append(": ");
        value(field.getValue(), depth + 1);
      }
      close('}', map.isEmpty(), depth);
    } else if (value instanceof Collection<?> list) {
      open('[', list.isEmpty());
      boolean first = true;
      for (Object item : list) {
        next(first, depth + 1);
        first = false;
        value(item, depth + 1);
      }
      close(']', list.isEmpty(), depth);
    } else {
      to.append(scalar(value));
    }
  }

  private void open(char bracket, boolean empty) {
    to.append(bracket);
    if (!empty) {
      to.append('\n');
    }
  }

  private void next(boolean first, int depth) {
    to.append(first ? "" : ",\n").append("  ".repeat(depth));
  }

  private void close(char bracket, boolean empty, int depth) {
    if (!empty) {
      to.append('\n').append("  ".repeat(depth));
    }
    to.append(bracket);
  }

  /** A text, number, truth or null. */
  static String scalar(Object value) {
    if (value instanceof String text) {
      StringBuilder quoted = new StringBuilder();
      quote(text, quoted);
      return quoted.toString();
    }
    return String.valueOf(value);
  }

  private static void quote(String text, StringBuilder to) {
    to.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> to.append("\\\"");
        case '\\' -> to.append("\\\\");
        case '\n' -> to.append("\\n");
        case '\r' -> to.append("\\r");
        case '\t' -> to.append("\\t");
        default -> {
          if (c < 0x20 || (c > 0x7e && escaped(text, i))) {
            to.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            to.append(c);
          }
        }
      }
    }
    to.append('"');
  }

  private static boolean escaped(String text, int at) {
    char c = text.charAt(at);
    if (Character.isLowSurrogate(c) && at > 0 && Character.isHighSurrogate(text.charAt(at - 1))) {
      return Visible.hidden(text.codePointAt(at - 1));
    }
    return Visible.hidden(text.codePointAt(at));
  }
}
