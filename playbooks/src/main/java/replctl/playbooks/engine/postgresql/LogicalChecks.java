package replctl.playbooks.engine.postgresql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.Finding.Level;
import replctl.playbooks.world.Facts;

/** What a change of leader does to consumers of logical changes. Pure. */
final class LogicalChecks {
  private LogicalChecks() {}

  /** A consumer of logical changes reads from its slot, which a follower does not have. */
  static List<Finding> ofLeader(Surveyed on) {
    List<Finding> found = new ArrayList<>();
    for (int i = 1; i <= on.count("slot"); i++) {
      String row = "slot." + i + ".";
      Facts facts = on.facts();
      if (facts.text(row + "type").filter("logical"::equals).isEmpty()
          || facts.truth(row + "temporary").orElse(false)
          || facts.truth(row + "failover").orElse(false)) {
        continue;
      }
      boolean may = facts.truth(row + "failover").isPresent();
      found.add(
          new Finding(
              Level.WARNING,
              "logical-slot",
              "logical slot "
                  + facts.text(row + "name").orElse("?")
                  + facts.text(row + "plugin").map(p -> " (" + p + ")").orElse("")
                  + " is on no follower: at a change of leader its consumer stops, and may miss"
                  + " changes when it is made anew",
              may
                  ? "alter its subscription with (failover = true), or make the slot so; and set"
                      + " sync_replication_slots = on on the followers"
                  : "plan to fill its consumer anew after a change of leader"));
    }
    unknownNames(on, found);
    return found;
  }

  /** Those that wait for a slot which is not there get nothing any more (17). */
  private static void unknownNames(Surveyed on, List<Finding> found) {
    List<String> slots = on.slots().stream().map(Surveyed.Slot::name).toList();
    List<String> gone =
        on.setting("synchronized_standby_slots").map(names -> List.of(names.split(","))).stream()
            .flatMap(List::stream)
            .map(name -> name.replace("\"", "").strip())
            .filter(name -> !name.isEmpty() && !slots.contains(name))
            .toList();
    if (!gone.isEmpty()) {
      found.add(
          new Finding(
              Level.WARNING,
              "synchronized-slots",
              "synchronized_standby_slots names "
                  + String.join(", ", gone)
                  + ", which it does not have: consumers of failover slots wait for it, and get"
                  + " nothing",
              "take it out of synchronized_standby_slots, and reload"));
    }
  }

  /** What a follower needs to keep copies of its leader's failover slots (17; manual, 47.2.3). */
  static List<Finding> ofFollower(Surveyed on, Surveyed leader) {
    List<String> wanted = new ArrayList<>();
    for (int i = 1; i <= leader.count("slot"); i++) {
      String row = "slot." + i + ".";
      if (leader.facts().truth(row + "failover").orElse(false)) {
        leader.facts().text(row + "name").ifPresent(wanted::add);
      }
    }
    if (wanted.isEmpty() || !on.node().mayLead()) {
      return List.of();
    }
    List<String> lacks = new ArrayList<>();
    if (isOff(on.setting("sync_replication_slots"))) {
      lacks.add("sync_replication_slots is off");
    }
    if (isOff(on.setting("hot_standby_feedback"))) {
      lacks.add("hot_standby_feedback is off");
    }
    if (on.facts().text("upstream.dbname").isEmpty()) {
      lacks.add("primary_conninfo has no dbname");
    }
    if (on.facts().text("upstream.slot").isEmpty()) {
      lacks.add("it receives without a slot");
    }
    List<String> missing = new ArrayList<>(wanted);
    for (int i = 1; i <= on.count("slot"); i++) {
      String row = "slot." + i + ".";
      if (on.facts().truth(row + "synced").orElse(false)) {
        on.facts().text(row + "name").ifPresent(missing::remove);
      }
    }
    if (lacks.isEmpty() && missing.isEmpty()) {
      return List.of();
    }
    return List.of(
        new Finding(
            Level.WARNING,
            "slots-not-kept",
            (missing.isEmpty()
                    ? "its copies of " + String.join(", ", wanted) + " grow old"
                    : "it has no copy of logical slot " + String.join(", ", missing))
                + (lacks.isEmpty() ? "" : " (" + String.join("; ", lacks) + ")")
                + ": should it lead, the consumers stop",
            "on "
                + on.node().name()
                + ": alter system set sync_replication_slots = on, hot_standby_feedback = on, and"
                + " dbname=postgres in primary_conninfo; reload"));
  }

  private static boolean isOff(Optional<String> setting) {
    return setting.filter("on"::equals).isEmpty();
  }
}
