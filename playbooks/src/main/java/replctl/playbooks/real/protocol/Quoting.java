package replctl.playbooks.real.protocol;

/** The one function that makes data a word of a shell's text. */
final class Quoting {
  private Quoting() {}

  /**
   * The text as one word for bash, which reads it back byte for byte.
   *
   * @throws IllegalArgumentException for what no bash can hold: NUL, half a surrogate pair
   */
  static String quote(String text) {
    boolean odd = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw new IllegalArgumentException("a value holds a NUL character");
      }
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(++i))) {
          throw new IllegalArgumentException("a value holds half a character");
        }
      }
      odd |= (c < ' ' && c != '\n' && c != '\t') || c == 0x7f;
    }
    return odd ? escaped(text) : "'" + text.replace("'", "'\\''") + "'";
  }

  /** As {@code $'...'}: bash uses some control characters for itself while it expands words. */
  private static String escaped(String text) {
    StringBuilder word = new StringBuilder("$'");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\'' || c == '\\') {
        word.append('\\').append(c);
      } else if (c < ' ' || c == 0x7f) {
        word.append('\\').append((char) ('0' + (c >> 6)));
        word.append((char) ('0' + ((c >> 3) & 7))).append((char) ('0' + (c & 7)));
      } else {
        word.append(c);
      }
    }
    return word.append('\'').toString();
  }
}
