package replctl.playbooks.real.ssh;

/** What another program or host says, for a message. */
final class Words {
  private static final int MOST = 300;

  private Words() {}

  /** On one line, without control characters, not long. */
  static String shown(String text) {
    if (text == null) {
      return "no reason given";
    }
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < text.length() && line.length() < MOST; i++) {
      char c = text.charAt(i);
      line.append(c < ' ' || (c >= 0x7f && c <= 0x9f) ? ' ' : c);
    }
    return line.toString().strip();
  }

  /** The first words that any of the causes has. */
  static String of(Throwable thrown) {
    Throwable deepest = thrown;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest.getMessage() == null
        ? deepest.getClass().getSimpleName()
        : shown(deepest.getMessage());
  }
}
