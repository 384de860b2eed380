package replctl.cli;

/** What the process ends with; scripts rely on these. */
public enum ExitCode {
  DONE(0, "done"),
  ERROR(1, "error"),
  USAGE(2, "usage"),
  REFUSED(10, "refused by a safety rule"),
  FENCE_NOT_CONFIRMED(11, "fence not confirmed"),
  INCOMPLETE(12, "incomplete, resumable"),
  LOSS(13, "loss above the limit"),
  SPLIT_BRAIN(14, "split brain seen"),
  STALE_EPOCH(15, "stale epoch"),
  UNDONE(16, "undone, all as before"),
  UNREACHABLE(69, "unreachable, or no Java"),
  BUSY(75, "another operation holds the cluster"),
  NOT_PERMITTED(77, "not permitted"),
  BAD_INVENTORY(78, "bad inventory"),
  INTERRUPTED(130, "interrupted"),
  /** As a shell counts a program that SIGPIPE ended: nobody reads the output any more. */
  PIPE_CLOSED(141, "output closed by its reader");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** The number. */
  public int code() {
    return code;
  }

  /** The number in words. */
  public String meaning() {
    return meaning;
  }
}
