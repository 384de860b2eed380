package replctl.inventory.yaml;

/** The form of a text: how it is read, and how the schema describes it. */
interface Form<T> {
  /** With an article: {@code a host name or IP address}. */
  String what();

  /** For the schema: a pattern, in the syntax that Java and JavaScript share, of all good texts. */
  String pattern();

  /** Whether a text without letters is one too, which YAML takes for a number. */
  default boolean orNumber() {
    return false;
  }

  /** Reads the text. */
  Parsed<T> parse(String text);
}
