package replctl.playbooks.journal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.world.Answer;

/** One line of an operation's journal. */
public sealed interface Entry {
  /** By the operator's clock, for people. */
  Instant at();

  /**
   * A process took the operation up: the first time, or again after another one died.
   *
   * @param epoch what it was promised; 0: nothing
   */
  record Begun(Instant at, Way way, String owner, long epoch) implements Entry {}

  /** Which way a process takes an operation. */
  enum Way {
    RUN,
    RESUME,
    ABORT
  }

  /** The operation goes on with another plan, which begins with all that the one before had. */
  record Continued(Instant at, Plan plan) implements Entry {}

  /**
   * Lines may lack before this one: another process has worked on the operation, on another host,
   * and what it wrote last was not copied. Every step may have been begun by then.
   *
   * @param written whether the hosts had a record of this operation's
   */
  record Gap(Instant at, boolean written) implements Entry {}

  /** A step is about to be done, or taken back. From here on its effect is possible. */
  record Intent(Instant at, String step, boolean undo) implements Entry {}

  /** What came of it. */
  record Result(Instant at, String step, boolean undo, Answer answer) implements Entry {}

  /**
   * A process is done with the operation.
   *
   * @param left what is owed or unknown; the operation is over when nothing is
   */
  record Ended(Instant at, Ending ending, Optional<String> why, List<String> left)
      implements Entry {
    public Ended {
      left = List.copyOf(left);
    }
  }

  /** How an operation ended, for now or for good. */
  enum Ending {
    DONE,
    UNDONE,
    INCOMPLETE,
    /** Another operation took its place: what it had begun is that one's now. */
    OVERTAKEN
  }
}
