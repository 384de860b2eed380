package replctl.inventory.yaml;

/** A region: a label for people, tables and metrics. */
record RegionForm() implements Form<String> {
  private static final int LONGEST = 63;

  @Override
  public String what() {
    return "a label of letters, digits, \".\", \"_\" and \"-\"";
  }

  @Override
  public String pattern() {
    return "^[A-Za-z0-9][A-Za-z0-9._-]{0," + (LONGEST - 1) + "}$";
  }

  @Override
  public Parsed<String> parse(String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      return Parsed.bad("it has 1 to " + LONGEST + " characters");
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letter && (i == 0 || (c != '.' && c != '_' && c != '-'))) {
        return Parsed.bad("");
      }
    }
    return Parsed.good(text);
  }
}
