package replctl.playbooks.sim;

/** What a script's {@code is_done} finds. */
public record Look(Kind kind, String why) {
  enum Kind {
    DONE,
    NOT_DONE,
    UNKNOWN
  }

  /** It is done. */
  public static final Look DONE = new Look(Kind.DONE, "");

  /** It is not done. */
  public static Look notDone(String why) {
    return new Look(Kind.NOT_DONE, why);
  }

  /** It can't be told. */
  public static Look unknown(String why) {
    return new Look(Kind.UNKNOWN, why);
  }

  /** Whether it is done. */
  public boolean done() {
    return kind == Kind.DONE;
  }
}
