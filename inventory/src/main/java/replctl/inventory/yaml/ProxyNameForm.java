package replctl.inventory.yaml;

/**
 * A name in HAProxy's configuration: of letters, digits, {@code -}, {@code _}, {@code .} and {@code
 * :} (its manual, 2.2). It becomes a word of its runtime API.
 *
 * @param what with an article
 */
record ProxyNameForm(String what) implements Form<String> {
  @Override
  public String pattern() {
    return "^[A-Za-z0-9_.:-]{1,128}$";
  }

  @Override
  public boolean orNumber() {
    return true;
  }

  @Override
  public Parsed<String> parse(String text) {
    return text.matches(pattern())
        ? Parsed.good(text)
        : Parsed.bad("letters, digits, \"-\", \"_\", \".\" and \":\" stand in it");
  }
}
