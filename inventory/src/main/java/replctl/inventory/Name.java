package replctl.inventory;

/** The one form of all names that the operator chooses. Read by hand: it is asked at each start. */
final class Name {
  private static final int LONGEST = 40;

  private Name() {}

  /** Whether the text is {@code [a-z0-9][a-z0-9-]*}, at most 40 characters. */
  static boolean isValid(String text) {
    if (text.isEmpty() || text.length() > LONGEST || text.charAt(0) == '-') {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) {
        return false;
      }
    }
    return true;
  }
}
