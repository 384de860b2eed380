package replctl.inventory.yaml;

/** The name of a network interface. */
record DeviceForm() implements Form<String> {
  /** Linux's own limit. */
  private static final int LONGEST = 15;

  @Override
  public String what() {
    return "a network interface such as eth0";
  }

  @Override
  public String pattern() {
    return "^[A-Za-z0-9_][A-Za-z0-9_.-]{0,14}$";
  }

  @Override
  public Parsed<String> parse(String text) {
    if (text.length() > LONGEST) {
      return Parsed.bad("it is longer than " + LONGEST + " characters");
    }
    return text.matches(pattern()) ? Parsed.good(text) : Parsed.bad("");
  }
}
