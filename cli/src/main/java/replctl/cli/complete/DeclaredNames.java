package replctl.cli.complete;

import java.util.List;
import replctl.inventory.Cluster;
import replctl.inventory.Inventory;

/** Names that the inventory has, for completion: no host is asked. */
public final class DeclaredNames {
  private DeclaredNames() {}

  /** Its clusters, each with its engine. */
  public static List<Choice> clusters(Inventory inventory) {
    return inventory.clusters().stream()
        .map(c -> new Choice(c.name().value(), c.engine().word()))
        .toList();
  }

  /** A cluster's nodes, each with where it is. */
  public static List<Choice> nodes(Cluster cluster) {
    return cluster.nodes().stream()
        .map(n -> new Choice(n.name().value(), n.region().orElse(n.host())))
        .toList();
  }
}
