package replctl.playbooks.decide.candidate;

/**
 * One rule held against one node.
 *
 * @param rule the rule's name: stable, for scripts
 * @param words what was found: a phrase for people
 */
public record Check(String rule, Verdict verdict, String words) {
  /** What a rule says. */
  public enum Verdict {
    PASS,
    FAIL,
    /** What the rule asks for is not known; a node is not chosen on hope. */
    UNKNOWN
  }

  static Check pass(String words) {
    return new Check("", Verdict.PASS, words);
  }

  static Check fail(String words) {
    return new Check("", Verdict.FAIL, words);
  }

  static Check unknown(String words) {
    return new Check("", Verdict.UNKNOWN, words);
  }

  Check of(String name) {
    return new Check(name, verdict, words);
  }
}
