package replctl.cli.shell;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.playbooks.decide.Debts;
import replctl.playbooks.snapshot.Lag;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;

/**
 * What a prompt shows of a look at a cluster. Pure.
 *
 * @param writable who takes writes; more than one is a split brain
 * @param lag of the follower that is furthest behind; empty: not known of every follower
 * @param epoch of the newest record that was seen
 * @param debts nodes whose fence is still owed
 */
record Glimpse(
    List<NodeName> writable, Optional<Lag> lag, OptionalLong epoch, List<NodeName> debts) {
  /** Nothing is known. */
  static final Glimpse NOTHING =
      new Glimpse(List.of(), Optional.empty(), OptionalLong.empty(), List.of());

  Glimpse {
    writable = List.copyOf(writable);
    debts = List.copyOf(debts);
  }

  /** Of a look. */
  static Glimpse of(Cluster cluster, Snapshot seen) {
    Optional<Long> epoch = seen.epochs().newest().map(LeaderRecord::epoch);
    return new Glimpse(
        seen.writable().stream().map(NodeView::name).toList(),
        worst(cluster, seen),
        epoch.isPresent() ? OptionalLong.of(epoch.get()) : OptionalLong.empty(),
        Debts.of(seen));
  }

  /** One that is held back as the inventory asks for says nothing of the others. */
  private static Optional<Lag> worst(Cluster cluster, Snapshot seen) {
    Optional<Lag> worst = Optional.empty();
    for (NodeView node : seen.nodes()) {
      Optional<Lag> lag = node.server().map(Server::lag);
      boolean delayed = lag.map(l -> l.cause() == Lag.Cause.DELAY).orElse(false);
      if (node.role() == Role.LEADER || delayed) {
        continue;
      }
      if (lag.isEmpty() || lag.get().bytes().isEmpty()) {
        return Optional.empty();
      }
      if (worst.isEmpty() || lag.get().bytes().getAsLong() > worst.get().bytes().getAsLong()) {
        worst = lag;
      }
    }
    return cluster.nodes().size() > 1 ? worst : Optional.empty();
  }
}
