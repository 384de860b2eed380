package replctl.inventory.yaml;

import java.util.Set;

/** The name of a setting of one database in PgBouncer's configuration. */
record PoolOptionForm() implements Form<String> {
  /** What replctl itself says. */
  private static final Set<String> OURS = Set.of("host", "port", "dbname");

  @Override
  public String what() {
    return "a setting of PgBouncer's";
  }

  @Override
  public String pattern() {
    return "^[a-z][a-z0-9_]{0,39}$";
  }

  @Override
  public Parsed<String> parse(String text) {
    if (OURS.contains(text)) {
      return Parsed.bad("replctl says who leads");
    }
    // A file of this content has no secret in it.
    return text.equals("password") || !text.matches(pattern()) ? Parsed.bad("") : Parsed.good(text);
  }

  /** A setting's value: it stands in single quotes in a file of lines. */
  record Setting() implements Form<String> {
    @Override
    public String what() {
      return "a setting without quotes and line ends";
    }

    @Override
    public String pattern() {
      return "^[ !#-&(-Z\\[\\]^-~]{1,200}$";
    }

    @Override
    public boolean orNumber() {
      return true;
    }

    @Override
    public Parsed<String> parse(String text) {
      return text.matches(pattern()) ? Parsed.good(text) : Parsed.bad("");
    }
  }
}
