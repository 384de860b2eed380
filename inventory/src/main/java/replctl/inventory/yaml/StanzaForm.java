package replctl.inventory.yaml;

import java.util.regex.Pattern;

/** A stanza of pgBackRest: it stands in commands as it is. */
record StanzaForm() implements Form<String> {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");

  @Override
  public String what() {
    return "a stanza's name of letters, digits, \"_\", \".\" and \"-\", at most 63 characters";
  }

  @Override
  public String pattern() {
    return "^" + NAME + "$";
  }

  @Override
  public Parsed<String> parse(String text) {
    return NAME.matcher(text).matches() ? Parsed.good(text) : Parsed.bad("");
  }
}
