package replctl.playbooks.snapshot;

/** How long ago something was, roughly, for people. */
public final class Age {
  private Age() {}

  /** {@code 41 s}, {@code 5 min}, {@code 3 h}, {@code 2 d}. */
  public static String words(long ms) {
    long seconds = ms / 1000;
    if (seconds < 120) {
      return seconds + " s";
    }
    if (seconds < 7200) {
      return seconds / 60 + " min";
    }
    return seconds < 172_800 ? seconds / 3600 + " h" : seconds / 86_400 + " d";
  }
}
