package replctl.playbooks.snapshot;

import java.util.OptionalLong;

/**
 * Hands off: operations begin only where it is typed that they may.
 *
 * @param operation the one that began it
 * @param by who, and where: for people
 * @param reason as typed, in one line; may be empty
 * @param limitMs how long it is meant to be, by the clocks of the hosts that know of it; empty:
 *     until it is ended
 */
public record Maintenance(String operation, String by, String reason, OptionalLong limitMs) {
  /**
   * Whose it is, since when, for how long and why.
   *
   * @param knownMs how long hosts have known of it, where that is known
   * @param over whether it has lasted as long as it was meant to
   */
  public String words(OptionalLong knownMs, boolean over) {
    String since =
        knownMs.isPresent()
            ? ", begun " + Age.words(knownMs.getAsLong()) + " ago"
            : ", since when is not known";
    String limit = limitMs.isPresent() ? Age.words(limitMs.getAsLong()) : "";
    String meant =
        over ? ", and was meant for " + limit + ": it is over by itself" : ", for " + limit;
    return "by "
        + by
        + since
        + (limit.isEmpty() ? "" : meant)
        + (reason.isEmpty() ? "" : " (" + reason + ")");
  }
}
