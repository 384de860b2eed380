package replctl.playbooks.verb;

import java.util.List;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.playbooks.engine.Site;
import replctl.playbooks.epoch.Electorates;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Maintenance;
import replctl.playbooks.snapshot.Snapshot;

/**
 * Maintenance: hands off. It is written down with who leads, so that a majority of the hosts knows
 * of it and every operator sees it. Pure.
 */
public final class HandsOff {
  private HandsOff() {}

  /** Decides whether it begins. */
  public static Decision on(Cluster cluster, Snapshot seen, String op, Maintenance wanted) {
    return write(cluster, seen, op, "maintenance on", Optional.of(wanted));
  }

  /** Decides whether it ends, whoever began it. */
  public static Decision off(Cluster cluster, Snapshot seen, String op) {
    if (seen.epochs().newest().isPresent() && seen.epochs().maintenance().isEmpty()) {
      return Decision.of(
          new Plan(op, "maintenance off", cluster.name(), Bases.of(seen), List.of(), List.of()));
    }
    return write(cluster, seen, op, "maintenance off", Optional.empty());
  }

  private static Decision write(
      Cluster cluster, Snapshot seen, String op, String verb, Optional<Maintenance> wanted) {
    Optional<LeaderRecord> newest = Records.again(seen);
    if (newest.isEmpty()) {
      return Decision.of(
          Refusal.of(
              Refusal.Code.E_EPOCH_02,
              "no host that answers has a record of who leads.",
              "replctl init " + cluster.name()));
    }
    String does = wanted.isPresent() ? "it takes the place of another: " : "it ends this one: ";
    List<String> warnings =
        seen
            .epochs()
            .maintenance()
            .map(
                hands ->
                    does
                        + cluster.name()
                        + " is "
                        + Electorates.words(hands, seen.epochs().maintained()))
            .stream()
            .toList();
    String title =
        wanted.isPresent()
            ? "write down on every host that hands are to be kept off"
            : "write down on every host that maintenance is over";
    return Voted.of(
        new Plan(
            op,
            verb,
            cluster.name(),
            Bases.of(seen),
            warnings,
            List.of(
                Phase.inOrder(
                    wanted.isPresent()
                        ? "every host knows of it"
                        : "every host knows that it ended",
                    List.of(Records.step("record", title, newest.get().maintained(wanted)))))),
        new Site(cluster, seen),
        Electorates.Wish.HANDS_OFF);
  }
}
