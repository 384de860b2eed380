package replctl.cli;

import java.util.List;
import replctl.playbooks.journal.UnreadableJournal;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.real.keep.UnreadableSecret;
import replctl.playbooks.real.keep.UnusableStore;

/**
 * Ends a command with words for the operator and an exit code; caught in one place, {@link Main}.
 */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;
  private final transient Said said;

  /**
   * What is said of it.
   *
   * @param code stable, for scripts; empty where the exit code says it all
   * @param found what was found
   * @param unchanged what was not changed; empty where a change was not at stake
   * @param next what to type next
   */
  public record Said(String code, String found, String unchanged, List<String> next) {
    public Said {
      next = List.copyOf(next);
    }
  }

  private Failure(int exitCode, Said said, Throwable cause) {
    super(said.found(), cause);
    this.exitCode = exitCode;
    this.said = said;
  }

  /** A command that can't go on. */
  public static Failure of(ExitCode code, String found, String... next) {
    return new Failure(code.code(), new Said("", found, "", List.of(next)), null);
  }

  /** A command that can't go on, for a reason that --debug shows. */
  public static Failure because(Throwable cause, ExitCode code, String found, String... next) {
    return new Failure(code.code(), new Said("", found, "", List.of(next)), cause);
  }

  /** A secret can't be had, and the hosts were only looked at, or not even that. */
  static Failure secret(UnreadableSecret problem) {
    return new Failure(
        ExitCode.BAD_INVENTORY.code(),
        new Said(
            "",
            problem.getMessage(),
            "Nothing was changed.",
            List.of(
                "put it there, readable by you alone, or correct the inventory; then the same again",
                "replctl inventory show -o yaml")),
        problem);
  }

  /** Whether the operation of a journal is over is not known, so that nothing new is begun. */
  static Failure journal(UnreadableJournal problem) {
    return new Failure(
        ExitCode.ERROR.code(),
        new Said(
            "",
            problem.getMessage(),
            "Nothing was changed.",
            List.of(
                "replctl status, to see how the cluster stands",
                "then move " + problem.file() + " out of replctl's state folder")),
        problem);
  }

  /** Without its own files replctl can't know, or keep, what it does. */
  static Failure store(UnusableStore problem) {
    return new Failure(
        ExitCode.ERROR.code(),
        new Said(
            "",
            problem.getMessage(),
            "",
            List.of(
                "see that this user may read and write there, and that there is room: ls -ld "
                    + problem.folder(),
                "then, since an operation may not be over: replctl op list")),
        problem);
  }

  /** A no. */
  public static Failure refused(Refusal refusal) {
    return new Failure(
        refusal.code().exitCode(),
        new Said(refusal.code().label(), refusal.found(), refusal.unchanged(), refusal.next()),
        null);
  }

  /** What the process ends with. */
  public int exitCode() {
    return exitCode;
  }

  /** The words. */
  public Said said() {
    return said;
  }
}
