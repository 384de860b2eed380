package replctl.inventory.yaml;

import java.util.Locale;

/** Text of unknown origin, made fit for a terminal: no control characters, no look-alikes. */
final class Shown {
  /** Longer text is cut: a message is one line. */
  private static final int MOST = 60;

  private Shown() {}

  /** In quotes, cut when long. */
  static String quoted(String text) {
    return '"' + part(text) + '"';
  }

  /** Cut when long. */
  static String part(String text) {
    return text.length() <= MOST ? whole(text) : whole(text.substring(0, MOST)) + "...";
  }

  /** Uncut. */
  static String whole(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isPlain(text.charAt(i))) {
        return escaped(text);
      }
    }
    return text;
  }

  /** One character, by its number when it can't be printed safely. */
  static String character(int codePoint) {
    return codePoint > ' ' && codePoint < 0x7f
        ? '"' + Character.toString(codePoint) + '"'
        : String.format(Locale.ROOT, "U+%04X", codePoint);
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c < 0x7f;
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isPlain(c)) {
        out.append(c);
      } else {
        out.append(String.format(Locale.ROOT, "\\u%04X", (int) c));
      }
    }
    return out.toString();
  }
}
