package replctl.playbooks.verb.doctor;

import java.util.ArrayList;
import java.util.List;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.Finding.Level;
import replctl.playbooks.snapshot.Unready;

/** Whether programs and clients around the cluster could follow a new leader. Pure. */
final class AroundChecks {
  private AroundChecks() {}

  static List<Finding> of(Unready around) {
    List<Finding> found = new ArrayList<>();
    around
        .asking()
        .ifPresent(
            why ->
                found.add(
                    new Finding(
                        Level.WARNING,
                        "hook",
                        "the program that is asked before a promotion can't be run, and without its"
                            + " word nothing is promoted: "
                            + why,
                        "correct hooks: before_promotion in the inventory")));
    around
        .told()
        .ifPresent(
            why ->
                found.add(
                    new Finding(
                        Level.WARNING,
                        "hook",
                        "the program that is told of a new leader can't be run: " + why,
                        "correct hooks: after_promotion in the inventory")));
    around
        .redirects()
        .forEach(
            why ->
                found.add(
                    new Finding(
                        Level.WARNING,
                        "redirect",
                        "clients would not be led to a new leader by " + why,
                        "README, Leading clients, says what each needs")));
    return found;
  }
}
