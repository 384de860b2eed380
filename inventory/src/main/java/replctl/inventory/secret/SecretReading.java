package replctl.inventory.secret;

/** What asking a source for its secret gave. */
public sealed interface SecretReading {
  /** The secret. */
  record Found(Secret secret) implements SecretReading {}

  /**
   * No secret.
   *
   * @param words what is wrong and, where there is one, the cure; never holds any of the secret
   */
  record Failed(Reason reason, String words) implements SecretReading {}

  /** Kinds of failure. */
  enum Reason {
    /** There is no such file, variable, credential or program. */
    MISSING,
    /** It is there and can't be read. */
    UNREADABLE,
    /** Others than its owner may read it. */
    TOO_OPEN,
    /** The command ended with an error. */
    COMMAND_FAILED,
    /** The command did not end in time, and was ended. */
    TIMED_OUT,
    /** Empty, too long, not text, or with a character that no secret may hold. */
    MALFORMED
  }
}
