package replctl.playbooks.verb.monitor;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Drift;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.snapshot.Snapshot;

/**
 * What was seen of a cluster, as much as was looked at.
 *
 * @param levels what its engine can wait for
 * @param later a second look, where one was taken
 * @param drift what differs on each host from what the inventory asks; empty: not looked at
 */
public record Sight(
    Cluster cluster,
    Snapshot seen,
    Acks.Levels levels,
    Optional<Later> later,
    Optional<Map<NodeName, List<Drift>>> drift) {
  /** One look, and no more. */
  public Sight(Cluster cluster, Snapshot seen, Acks.Levels levels) {
    this(cluster, seen, levels, Optional.empty(), Optional.empty());
  }

  /**
   * A second look.
   *
   * @param after how long after the first, by a clock that nobody sets
   */
  public record Later(Snapshot seen, Duration after) {}
}
