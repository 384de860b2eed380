package replctl.playbooks.decide;

import java.util.List;
import java.util.Optional;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;

/** Whether a follower receives from whom it should. */
final class UpstreamRules {
  private UpstreamRules() {}

  /**
   * One that was stopped while another took the lead starts as it was set before: from the old
   * leader, should that be there, and with whatever only that one has.
   */
  static List<Finding> of(Node declared, Snapshot seen, NodeView view) {
    Optional<NodeName> leader = seen.epochs().newest().map(LeaderRecord::leader);
    Optional<NodeName> from = view.server().flatMap(Server::upstream);
    if (view.presence() != Presence.RUNNING
        || view.role() != Role.FOLLOWER
        || leader.isEmpty()
        || from.isEmpty()
        || leader.equals(from)
        || leader.get().equals(view.name())
        || declared.cascadeFrom().equals(from)) {
      return List.of();
    }
    return List.of(
        new Finding(
            Finding.Level.WARNING,
            "upstream",
            "it is set to receive from " + from.get() + ", and " + leader.get() + " leads",
            "replctl rejoin " + view.name()));
  }
}
