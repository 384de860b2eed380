package replctl.playbooks.real.agent;

/** A device can't be asked at all, for a reason in words that hold no secret; nothing was sent. */
final class UnusableDevice extends Exception {
  private static final long serialVersionUID = 1L;

  UnusableDevice(String words) {
    super(words);
  }

  UnusableDevice(String words, Throwable cause) {
    super(words, cause);
  }
}
