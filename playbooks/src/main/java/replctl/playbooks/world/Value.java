package replctl.playbooks.world;

/** What a script is given. It reaches the host as data, never as part of the script's text. */
public sealed interface Value {
  /** Plain text. */
  record Text(String text) implements Value {}

  /**
   * A fact that an earlier step of the same plan will have found.
   *
   * @param step the name of that step
   * @param fact the key of the fact
   */
  record Known(String step, String fact) implements Value {}

  /** A secret, named and never held: it is looked up as it is sent. */
  record Hidden(SecretRef secret, Form form) implements Value {}

  /** How a secret is sent. */
  enum Form {
    PLAIN,
    /** PostgreSQL's SCRAM-SHA-256 verifier, so that the server's log never holds the password. */
    SCRAM_SHA_256
  }

  /** Plain text. */
  static Value of(String text) {
    return new Text(text);
  }
}
