package replctl.inventory.yaml;

import replctl.inventory.ClusterName;

/** A cluster's name. */
record ClusterNameForm() implements Form<ClusterName> {
  @Override
  public String what() {
    return "a name of a-z, 0-9 and \"-\", at most 40 characters, not starting with \"-\"";
  }

  @Override
  public String pattern() {
    return "^[a-z0-9][a-z0-9-]{0,39}$";
  }

  @Override
  public Parsed<ClusterName> parse(String text) {
    return ClusterName.isValid(text) ? Parsed.good(new ClusterName(text)) : Parsed.bad("");
  }
}
