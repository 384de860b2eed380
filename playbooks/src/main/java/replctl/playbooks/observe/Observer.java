package replctl.playbooks.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.inventory.Witness;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.Heard;
import replctl.playbooks.snapshot.EpochFile;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.World;

/** Looks at every node of a cluster at the same time, and changes nothing. */
public final class Observer {
  private Observer() {}

  /**
   * One look. What a host or a network does is in the snapshot, never thrown.
   *
   * @param perNode how long each node may take; all of them together take no longer
   */
  public static Snapshot look(World world, Engine engine, Cluster cluster, Duration perNode) {
    Asking asking = new Asking(world, engine, cluster);
    return look(world, engine, cluster, asking.all(), perNode);
  }

  /** The same at these hosts alone; the others count as silent. */
  public static Snapshot look(
      World world, Engine engine, Cluster cluster, List<NodeName> hosts, Duration perNode) {
    Asking asking = new Asking(world, engine, cluster);
    Instant at = world.clock().now();
    Map<NodeName, Heard> heard = asking.hosts(hosts, perNode, new HashMap<>());
    return snapshot(engine, cluster, at, heard);
  }

  /** What was heard, put together. */
  static Snapshot snapshot(Engine engine, Cluster cluster, Instant at, Map<NodeName, Heard> heard) {
    Map<NodeName, EpochFile> witnesses = new TreeMap<>();
    for (Witness witness : cluster.witnesses()) {
      Heard told = heard.get(witness.name());
      witnesses.put(
          witness.name(),
          told != null && told.host().isDone()
              ? EpochFile.of(told.host().facts())
              : EpochFile.SILENT);
    }
    return engine.survey().read(cluster, at, heard).with(witnesses);
  }
}
