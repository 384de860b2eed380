package replctl.cli.render;

import java.util.Locale;

/** Makes what a terminal would obey visible instead: a server's text must not move the cursor. */
final class Visible {
  private Visible() {}

  /** The text with control characters, direction marks and broken surrogates written out. */
  static String of(String text) {
    int at = firstHidden(text);
    if (at < 0) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16).append(text, 0, at);
    for (int i = at; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (!hidden(c)) {
        shown.appendCodePoint(c);
      } else if (c == '\n') {
        shown.append("\\n");
      } else if (c == '\t') {
        shown.append("\\t");
      } else if (c == '\r') {
        shown.append("\\r");
      } else {
        shown.append(String.format(Locale.ROOT, c < 0x100 ? "\\x%02x" : "\\u%04x", c));
      }
    }
    return shown.toString();
  }

  private static int firstHidden(String text) {
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if ((c < 0x20 || c > 0x7e) && hidden(c)) {
        return i;
      }
      i += Character.charCount(c);
    }
    return -1;
  }

  /** Controls, formats (direction, zero width), line separators, private and unpaired codes. */
  static boolean hidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE ->
          true;
      default -> false;
    };
  }
}
