package replctl.it.storm;

import replctl.it.Replctl;

/**
 * What was typed, or waited for, and what it ended with.
 *
 * @param code the exit code; of what was waited for 0, or 1 where it did not come
 */
record Typed(String words, int code, String said) {
  /** Of a run of replctl. */
  static Typed of(Replctl.Result result) {
    return new Typed(
        String.join(" ", result.command()),
        result.code(),
        "--- out\n" + result.out() + "--- err\n" + result.err());
  }

  boolean done() {
    return code == 0;
  }

  @Override
  public String toString() {
    return "exit " + code + " of " + words + "\n" + said;
  }
}
