package replctl.inventory.yaml;

/**
 * The name of an account, of an operating system or a database. Narrower than both allow: it is
 * given to ssh, sudo and SQL, and a name that needs quoting in one of them is refused.
 *
 * @param what with an article: {@code an account}
 * @param longest in characters
 */
record AccountForm(String what, int longest) implements Form<String> {
  @Override
  public String pattern() {
    return "^[A-Za-z_][A-Za-z0-9_.-]{0," + (longest - 1) + "}$";
  }

  @Override
  public Parsed<String> parse(String text) {
    if (text.length() > longest) {
      return Parsed.bad("it is longer than " + longest + " characters");
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      boolean later = (c >= '0' && c <= '9') || c == '.' || c == '-';
      if (!letter && !later) {
        return Parsed.bad(Shown.character(text.codePointAt(i)) + " can't stand in it");
      }
      if (!letter && i == 0) {
        return Parsed.bad("it must start with a letter or _");
      }
    }
    return text.isEmpty() ? Parsed.bad("it is empty") : Parsed.good(text);
  }
}
