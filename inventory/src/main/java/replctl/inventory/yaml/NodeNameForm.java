package replctl.inventory.yaml;

import replctl.inventory.NodeName;

/** A node's or witness's name. */
record NodeNameForm() implements Form<NodeName> {
  @Override
  public String what() {
    return "a name of a-z, 0-9 and \"-\", at most 40 characters, not starting with \"-\"";
  }

  @Override
  public String pattern() {
    return "^[a-z0-9][a-z0-9-]{0,39}$";
  }

  @Override
  public Parsed<NodeName> parse(String text) {
    return NodeName.isValid(text) ? Parsed.good(new NodeName(text)) : Parsed.bad("");
  }
}
