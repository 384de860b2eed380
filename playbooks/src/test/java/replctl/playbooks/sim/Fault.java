package replctl.playbooks.sim;

import java.util.List;
import java.util.stream.Stream;

/** What can go wrong with one effect: a script, a resident's command, a line of a journal. */
public enum Fault {
  /** It never reaches the host, and that is known. */
  FAILS_BEFORE,
  /** It is done, and the answer is lost. */
  ANSWER_LOST,
  /** It never begins, and nothing is heard until the deadline. */
  NEVER_BEGINS,
  /** Nothing is heard until the deadline; it begins only after it. */
  BEGINS_LATE,
  /** The script is killed on its host, somewhere within. */
  SCRIPT_DIES,
  /** replctl dies before it. */
  DIES_BEFORE,
  /** replctl dies when it has begun; it goes on alone. */
  DIES_DURING,
  /** replctl dies when it has ended, before it hears the answer. */
  DIES_AFTER,
  /** The operator's machine sleeps before it, for longer than any lease, and wakes. */
  SLEEPS_BEFORE,
  /** The operator's machine sleeps after it, and wakes. */
  SLEEPS_AFTER,
  /**
   * Before it the operator's machine sleeps until another operator has taken the operation over.
   */
  OVERTAKEN_BEFORE,
  /** The same after it. */
  OVERTAKEN_AFTER,
  /** Before it the clocks by which people tell the time jump, each by another amount. */
  CLOCKS_JUMP;

  /** Those in which another operator acts. */
  public static final List<Fault> RIVALS = List.of(OVERTAKEN_BEFORE, OVERTAKEN_AFTER);

  /** Those of one operator that strike the effect itself. */
  public static final List<Fault> ALONE =
      Stream.of(values()).filter(fault -> !RIVALS.contains(fault) && fault != CLOCKS_JUMP).toList();

  /** Those of one operator that make a difference to an effect; a journal's line knows fewer. */
  public static List<Fault> of(String effect) {
    return effect.startsWith("append ")
        ? List.of(DIES_BEFORE, DIES_DURING, DIES_AFTER, SLEEPS_BEFORE)
        : ALONE;
  }
}
