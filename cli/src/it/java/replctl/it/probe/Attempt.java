package replctl.it.probe;

/**
 * One row that was sent to be committed.
 *
 * @param id its number; no two attempts share one
 * @param node where it was sent
 * @param invoked when, on this process' monotonic clock, in ns
 * @param ended when the answer was there, or was given up
 */
public record Attempt(long id, String node, long invoked, long ended, Outcome outcome) {
  /** What the client may say of the row. */
  public enum Outcome {
    /** Acknowledged: it must never be missing. */
    OK,
    /** The server refused it: it must never be there. */
    FAIL,
    /** The connection broke first: either is right. */
    UNKNOWN
  }

  /** One line of the log. */
  public String line() {
    return id + " " + node + " " + invoked + " " + ended + " " + outcome;
  }
}
