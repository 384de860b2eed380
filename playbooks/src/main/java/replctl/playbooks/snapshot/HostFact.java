package replctl.playbooks.snapshot;

/**
 * Facts that every engine's survey finds under the same names, so that they are judged in one
 * place.
 */
public final class HostFact {
  /** The host's wall clock, in ms since 1970, read while the question was answered. */
  public static final String CLOCK = "clock_ms";

  /** The operator's wall clock, in ms since 1970, before the question was sent. */
  public static final String ASKED = "asked_ms";

  /** The operator's wall clock, in ms since 1970, after the answer had come. */
  public static final String ANSWERED = "answered_ms";

  /**
   * How many file systems' facts follow, as {@code disk.N.} and {@code use}, {@code path}, {@code
   * mount}, {@code total}, {@code used}, {@code free} (bytes), N from 1.
   */
  public static final String DISKS = "disk.count";

  /** The end of the server's certificate, in ms since 1970. */
  public static final String CERTIFICATE_END = "certificate.end_ms";

  /** Why the server's presence is what it is: a sentence. */
  public static final String PRESENCE_WHY = "presence_why";

  private HostFact() {}
}
