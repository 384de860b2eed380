package replctl.playbooks.verb;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
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

  /** That this node leads, with the voters that there are. Its epoch is the operation's. */
  static LeaderRecord of(
      Cluster cluster, Snapshot seen, NodeName leader, Acks acks, Map<NodeName, String> closed) {
    Optional<LeaderRecord> newest = seen.epochs().newest();
    return new LeaderRecord(
        0,
        "",
        leader,
        newest
            .map(LeaderRecord::voters)
            .orElseGet(() -> List.copyOf(Electorates.declared(cluster))),
        newest.map(LeaderRecord::votersVersion).orElse(1),
        acks.ackers(),
        acks.needed(),
        new TreeMap<>(closed),
        List.of());
  }

  /** The same with these voters; the version is raised where they are others. */
  static LeaderRecord voting(LeaderRecord wanted, List<NodeName> voters) {
    boolean same = wanted.voters().equals(voters);
    return new LeaderRecord(
        wanted.epoch(),
        wanted.operation(),
        wanted.leader(),
        voters,
        same ? wanted.votersVersion() : wanted.votersVersion() + 1,
        wanted.ackers(),
        wanted.acks(),
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
        && have.ackers().equals(wanted.ackers());
  }

  /** Writes it down. */
  static Step step(LeaderRecord wanted) {
    return new Step(
        "record",
        "write down on every host that " + wanted.leader() + " leads",
        new Place.Operator(),
        new Action.WriteDown(wanted),
        Optional.empty(),
        LIMIT,
        Step.OnFailure.STOP);
  }
}
