package replctl.playbooks.sim;

import java.util.Optional;

/**
 * What came of the search for a rule that was deleted.
 *
 * @param runs how many runs it took
 * @param words by which run, and what it said
 * @param trouble why it does not count; empty: the rule was found, in a run that passes with it
 */
public record Hunted(String rule, int runs, String words, Optional<String> trouble) {
  static Hunted found(String rule, int runs, String words) {
    return new Hunted(rule, runs, words, Optional.empty());
  }

  static Hunted missed(String rule, int runs, String why) {
    return new Hunted(rule, runs, "", Optional.of(why));
  }

  /** Says it, and throws where the rule was not found. */
  public void mustBeFound() {
    System.out.println(this);
    trouble.ifPresent(
        why -> {
          throw new AssertionError(this + "\n" + why);
        });
  }

  @Override
  public String toString() {
    return "rule deleted, "
        + rule
        + (trouble.isPresent() ? ": not found by run " : ": found by run ")
        + runs
        + (words.isEmpty() ? "" : " (" + words + ")");
  }
}
