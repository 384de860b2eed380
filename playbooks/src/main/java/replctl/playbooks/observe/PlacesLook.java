package replctl.playbooks.observe;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.Heard;
import replctl.playbooks.world.World;

/** Asks hosts by the engine's survey, and leaves what they said as it is. */
public final class PlacesLook {
  private PlacesLook() {}

  /** Every node's host, at the same time; one that is late has an answer that says so. */
  public static Map<NodeName, Heard> look(
      World world, Engine engine, Cluster cluster, Duration perNode) {
    Asking asking = new Asking(world, engine, cluster);
    return asking.hosts(asking.names(), perNode, new HashMap<>());
  }
}
