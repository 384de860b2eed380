package replctl.playbooks.verb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.snapshot.Unready;

/** What it means to a change of leader that something around the cluster can't do its part. */
final class Preparedness {
  private Preparedness() {}

  /** A planned change waits until all of it can. */
  static Optional<Refusal> objection(Unready unready) {
    return veto(unready)
        .or(
            () ->
                unready
                    .told()
                    .map(
                        why ->
                            Refusal.of(
                                Refusal.Code.E_HOOK_01,
                                "hooks.after_promotion can't be run: " + why + ".",
                                "mend it, or take it out of the inventory; then the same again")))
        .or(
            () ->
                unready.redirects().isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                        Refusal.of(
                            Refusal.Code.E_REDIRECT_01,
                            "clients could not be led to the new leader: "
                                + String.join("; ", unready.redirects())
                                + ".",
                            "mend it, or take it out of the inventory; then the same again")));
  }

  /** A program that can't be run says no to everything: better now than when a leader is closed. */
  static Optional<Refusal> veto(Unready unready) {
    return unready
        .asking()
        .map(
            why ->
                Refusal.of(
                    Refusal.Code.E_HOOK_01,
                    "hooks.before_promotion can't be run, which would veto any new leader: "
                        + why
                        + ".",
                    "mend it, or take it out of the inventory; then the same again"));
  }

  /** A leader that is lost does not wait for them. */
  static List<String> warnings(Cluster cluster, Unready unready) {
    List<String> words = new ArrayList<>();
    cluster
        .hooks()
        .beforePromotion()
        .ifPresent(
            program ->
                words.add(
                    "once the old leader is closed, "
                        + program.command().get(0)
                        + " is asked whether the new one may lead, and may veto it"));
    unready
        .told()
        .ifPresent(
            why -> words.add("hooks.after_promotion can't be run, and will be owed: " + why));
    unready
        .redirects()
        .forEach(why -> words.add("clients will have to be led to the new leader by hand: " + why));
    return words;
  }
}
