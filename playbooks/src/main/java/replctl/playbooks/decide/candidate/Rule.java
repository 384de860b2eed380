package replctl.playbooks.decide.candidate;

/** One thing that a node must have to lead. Pure. */
public interface Rule {
  /** Stable, for scripts: {@code streams}. */
  String name();

  /** What is asked, in a sentence. */
  String meaning();

  /** Holds it against a node. */
  Check check(Question question);
}
