package replctl.inventory.yaml;

/** A systemd unit; what is kept has no {@code .service}. */
record ServiceForm() implements Form<String> {
  /** systemd's own limit. */
  private static final int LONGEST = 255;

  private static final String SUFFIX = ".service";

  @Override
  public String what() {
    return "a systemd unit such as postgresql@17-main";
  }

  @Override
  public String pattern() {
    return "^[A-Za-z0-9:_@\\\\][A-Za-z0-9:_.@\\\\-]*$";
  }

  @Override
  public Parsed<String> parse(String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      return Parsed.bad("it has 1 to " + LONGEST + " characters");
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letter && ":_.@\\-".indexOf(c) < 0) {
        return Parsed.bad(Shown.character(text.codePointAt(i)) + " can't stand in a unit's name");
      }
    }
    if (text.charAt(0) == '-' || text.charAt(0) == '.') {
      return Parsed.bad("it starts with " + Shown.character(text.charAt(0)));
    }
    if (!text.endsWith(SUFFIX)) {
      return Parsed.good(text);
    }
    String name = text.substring(0, text.length() - SUFFIX.length());
    return name.isEmpty() ? Parsed.bad("it has no name") : Parsed.good(name);
  }
}
