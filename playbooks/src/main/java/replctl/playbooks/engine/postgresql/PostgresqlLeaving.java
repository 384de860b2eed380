package replctl.playbooks.engine.postgresql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Leaving;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.engine.Site;
import replctl.playbooks.plan.Step;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Value;

/** The slots of a node that leaves: an idle one would keep the log for ever. */
public final class PostgresqlLeaving implements Leaving {
  private static final Duration QUICK = Duration.ofSeconds(30);

  @Override
  public boolean feeds(Site site, NodeName node, NodeName gone) {
    return slot(site.facts(node), gone)
        .flatMap(at -> site.facts(node).truth(at + ".active"))
        .orElse(false);
  }

  @Override
  public List<Step> forget(SetupGoal rest, NodeName node, NodeName gone) {
    if (slot(rest.site().facts(node), gone).isEmpty()) {
      return List.of();
    }
    String slot = Conninfo.slot(gone);
    return List.of(
        new Scripts(rest.site(), rest.leader())
            .onData(
                "drop-slot-" + node,
                "drop the slot " + slot + " of " + node,
                node,
                "drop-slot",
                Map.of("slot", Value.of(slot)),
                QUICK));
  }

  @Override
  public List<String> warnings(SetupGoal rest, NodeName gone) {
    List<String> warnings = new ArrayList<>();
    String slot = Conninfo.slot(gone);
    // PostgreSQL 17: logical decoding waits for the slots that are named there.
    boolean named =
        List.of(
                rest.site()
                    .facts(rest.leader())
                    .text("setting.synchronized_standby_slots")
                    .orElse("")
                    .split("[, \"]+"))
            .contains(slot);
    if (named) {
      warnings.add(
          "synchronized_standby_slots of "
              + rest.leader()
              + " names "
              + slot
              + ": logical replication stands still until it is taken out there");
    }
    return warnings;
  }

  /** Where the survey lists the slot: {@code slot.3}. */
  private static Optional<String> slot(Facts facts, NodeName gone) {
    for (int n = 1; n <= facts.count("slot"); n++) {
      if (facts.text("slot." + n + ".name").equals(Optional.of(Conninfo.slot(gone)))) {
        return Optional.of("slot." + n);
      }
    }
    return Optional.empty();
  }
}
