package replctl.playbooks.observe;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.inventory.Witness;
import replctl.playbooks.snapshot.Ways;
import replctl.playbooks.world.Passage;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.World;

/** Looks up the ways to all hosts, on the operator's own; nothing is connected. */
public final class WayLook {
  private WayLook() {}

  /**
   * Looks.
   *
   * @param limit how long that may take: the operator's settings may run programs of their own
   */
  public static Ways look(World world, Cluster cluster, Duration limit) {
    Map<NodeName, Place> places = new TreeMap<>();
    cluster.nodes().stream().map(Node::name).forEach(n -> places.put(n, Place.on(n)));
    cluster.witnesses().stream()
        .map(Witness::name)
        .forEach(n -> places.put(n, new Place.Witness(n)));
    Map<NodeName, List<Passage>> ways = new TreeMap<>();
    world
        .fanout()
        .each(places.keySet(), n -> world.hosts().way(places.get(n)), world.clock().in(limit))
        .forEach((name, way) -> way.filter(w -> !w.isEmpty()).ifPresent(w -> ways.put(name, w)));
    return new Ways(ways);
  }
}
