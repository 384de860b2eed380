package replctl.playbooks.verb;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.playbooks.decide.Debts;
import replctl.playbooks.epoch.Electorates;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.snapshot.EpochFile;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Place;

/** What is to be written down about who leads. */
final class Records {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private Records() {}

  /**
   * That this node leads. Voters, debts that are still owed, what was lowered and maintenance stay
   * as they are; its epoch is the operation's.
   */
  static LeaderRecord of(
      Cluster cluster, Snapshot seen, NodeName leader, Acks acks, Map<NodeName, String> closed) {
    LeaderRecord first =
        new LeaderRecord(
            0,
            "",
            leader,
            List.copyOf(Electorates.declared(cluster)),
            1,
            List.of(),
            0,
            new TreeMap<>(),
            List.of());
    return again(seen)
        .orElse(first)
        .ledBy(leader)
        .awaiting(acks.recorded().ackers(), acks.recorded().needed())
        .closing(closed, Debts.of(seen).stream().filter(n -> !n.equals(leader)).toList());
  }

  /** The newest record, to be written again in the operation's epoch. */
  static Optional<LeaderRecord> again(Snapshot seen) {
    return seen.epochs().newest().map(LeaderRecord::again);
  }

  /** The same with these who acknowledge, and so many of them waited for. */
  static LeaderRecord acknowledged(LeaderRecord wanted, List<NodeName> ackers, int acks) {
    return new LeaderRecord(
        wanted.epoch(),
        wanted.operation(),
        wanted.leader(),
        wanted.voters(),
        wanted.votersVersion(),
        ackers,
        acks,
        wanted.closed(),
        wanted.debts());
  }

  /**
   * Whether that is what every host which answered has written down already, and all of them vote.
   */
  static boolean isWritten(Snapshot seen, LeaderRecord wanted) {
    Optional<LeaderRecord> newest = seen.epochs().newest();
    return newest.filter(have -> says(have, wanted)).isPresent()
        && seen.epochs().files().values().stream()
            .allMatch(
                file ->
                    file instanceof EpochFile.Silent
                        || (file instanceof EpochFile.Known known
                            && known.votes()
                            && known.leader().equals(newest)));
  }

  private static boolean says(LeaderRecord have, LeaderRecord wanted) {
    return have.leader().equals(wanted.leader())
        && have.voters().equals(wanted.voters())
        && have.acks() == wanted.acks()
        && have.ackers().equals(wanted.ackers())
        && have.debts().equals(wanted.debts())
        && have.lowered().equals(wanted.lowered())
        && have.maintenance().equals(wanted.maintenance());
  }

  /** Writes it down. */
  static Step step(LeaderRecord wanted) {
    return step("record", "write down on every host that " + wanted.leader() + " leads", wanted);
  }

  /** Writes it down, in a plan that does so more than once or for something else. */
  static Step step(String name, String title, LeaderRecord wanted) {
    return new Step(
        name,
        title,
        new Place.Operator(),
        new Action.WriteDown(wanted),
        Optional.empty(),
        LIMIT,
        Step.OnFailure.STOP);
  }
}
