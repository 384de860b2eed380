package replctl.playbooks.real.keep;

/** A secret can't be had; the message says which, why and what to do, and never holds any of it. */
public final class UnreadableSecret extends RuntimeException {
  public UnreadableSecret(String words) {
    super(words);
  }

  UnreadableSecret(String words, Throwable cause) {
    super(words, cause);
  }
}
