package replctl.playbooks.verb.doctor;

import java.util.ArrayList;
import java.util.List;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.playbooks.decide.candidate.Candidates;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.Finding.Level;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Snapshot;

/** Whether a majority would be left, and somebody to lead, when a host is lost. Pure. */
final class VotingChecks {
  private VotingChecks() {}

  static List<Finding> of(Cluster cluster, Snapshot seen) {
    List<Finding> found = new ArrayList<>();
    // Before init has written a record, those that are declared are those that will vote.
    int voters =
        seen.epochs()
            .newest()
            .map(LeaderRecord::voters)
            .map(List::size)
            .orElse(
                (int) cluster.nodes().stream().filter(Node::mayLead).count()
                    + cluster.witnesses().size());
    String witness = "declare one witness more, which is any SSH host, then: replctl add WITNESS";
    if (cluster.nodes().size() > 1 && voters == 2) {
      found.add(
          new Finding(
              Level.WARNING,
              "voters-few",
              "2 hosts vote, and both are needed: with one of them down nothing can be changed, and"
                  + " a failover neither",
              witness));
    } else if (voters > 2 && voters % 2 == 0) {
      found.add(
          new Finding(
              Level.NOTE,
              "voters-even",
              voters
                  + " hosts vote, and "
                  + (voters / 2 + 1)
                  + " are needed: one more would do without "
                  + voters / 2
                  + " of them instead of "
                  + (voters / 2 - 1),
              witness));
    }
    if (cluster.nodes().size() > 1 && Candidates.of(cluster, seen).best().isEmpty()) {
      found.add(
          new Finding(
              Level.WARNING,
              "no-candidate",
              "if its leader were lost now, no node could lead",
              "replctl candidates " + cluster.name() + " says why, node by node"));
    }
    return found;
  }
}
