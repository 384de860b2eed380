package replctl.playbooks.verb;

import java.util.Optional;
import replctl.inventory.NodeName;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;

/**
 * Who is left to acknowledge writes when a follower is taken away.
 *
 * @param needed how many the leader waits for
 * @param left how many of those that count would still receive
 */
record Acknowledging(int needed, long left) {
  /** Empty where no leader is seen, it is the node itself, or nobody is waited for. */
  static Optional<Acknowledging> left(Snapshot seen, NodeName without) {
    return seen.leader()
        .filter(leader -> !leader.name().equals(without))
        .flatMap(NodeView::server)
        .flatMap(Server::acks)
        .filter(acks -> acks.needed() > 0)
        .map(acks -> new Acknowledging(acks.needed(), left(acks, without)));
  }

  private static long left(Acks acks, NodeName without) {
    return acks.present().stream().filter(name -> !name.equals(without.value())).count();
  }

  /** Whether writes wait without it. */
  boolean waits() {
    return left < needed;
  }

  String words(NodeName without) {
    return "writes wait without "
        + without
        + ": they need "
        + needed
        + (needed == 1 ? " follower" : " followers")
        + ", and "
        + left
        + (left == 1 ? " is left" : " are left");
  }
}
