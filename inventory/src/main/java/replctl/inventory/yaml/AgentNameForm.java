package replctl.inventory.yaml;

/** A stock fence agent: a name that is looked up, never a path. */
record AgentNameForm() implements Form<String> {
  private static final String PREFIX = "fence_";
  private static final int LONGEST = 64;

  @Override
  public String what() {
    return "a fence agent's name such as fence_ipmilan";
  }

  @Override
  public String pattern() {
    return "^fence_[a-z0-9_]+$";
  }

  @Override
  public Parsed<String> parse(String text) {
    if (!text.startsWith(PREFIX) || text.length() == PREFIX.length() || text.length() > LONGEST) {
      return Parsed.bad("it is \"fence_\" and more");
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) {
        return Parsed.bad(
            "only a-z, 0-9 and _ can stand in it; a program of your own is a command");
      }
    }
    return Parsed.good(text);
  }
}
