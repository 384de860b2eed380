package replctl.playbooks.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.Heard;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Trouble;
import replctl.playbooks.world.World;

/**
 * One look at a cluster that has lost a host: when all others have answered, a recorded leader is
 * given as long to log in as a fence would give it, and what that takes is not waited for a second
 * time. Another node that is slow is waited for like in any look: what was acknowledged may be on
 * its disk.
 */
public final class UrgentLook {
  private UrgentLook() {}

  /**
   * Looks; what a host or a network does is in the snapshot, never thrown.
   *
   * @param patience how long the last host may take to log in, from when that was begun, where the
   *     others say that it led, or it has no server
   * @param perNode how long each of the others may take
   */
  public static Snapshot look(
      World world, Engine engine, Cluster cluster, Duration patience, Duration perNode) {
    Asking asking = new Asking(world, engine, cluster);
    Instant at = world.clock().now();
    Map<NodeName, Answer> told = new HashMap<>();
    Map<NodeName, Heard> heard = asking.hosts(asking.all(), perNode, told, 1);
    List<NodeName> silent =
        heard.entrySet().stream()
            .filter(e -> e.getValue().host().kind() == Trouble.OVERDUE)
            .map(Map.Entry::getKey)
            .toList();
    if (silent.size() == 1) {
      NodeName last = silent.get(0);
      Duration waited = world.hosts().waited(asking.place(last));
      boolean follows = follows(last, cluster, Observer.snapshot(engine, cluster, at, heard));
      Deadline by = world.clock().in(follows ? perNode : patience).earlierBy(waited);
      if (world.hosts().contact(asking.place(last), by).isDone()) {
        told.remove(last);
        heard.putAll(asking.hosts(silent, perNode, told));
      }
    }
    return Observer.snapshot(engine, cluster, at, heard);
  }

  private static boolean follows(NodeName node, Cluster cluster, Snapshot seen) {
    return cluster.node(node).isPresent()
        && seen.epochs().newest().filter(r -> !r.leader().equals(node)).isPresent();
  }
}
