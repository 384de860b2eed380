package replctl.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.ParameterException;
import replctl.cli.wiring.InventoryFinder;
import replctl.inventory.Cluster;
import replctl.inventory.ClusterName;
import replctl.inventory.Inventory;
import replctl.inventory.NodeName;

/**
 * What operands name that are nodes, as NODE or CLUSTER/NODE, or a cluster.
 *
 * @param nodes none: the whole cluster
 */
record NamedNodes(Inventory inventory, Cluster cluster, List<NodeName> nodes) {
  NamedNodes {
    nodes = List.copyOf(nodes);
  }

  static NamedNodes of(Verb verb, List<String> operands) {
    Inventory inventory = verb.inventory();
    Cluster cluster = InventoryFinder.cluster(inventory, named(verb, inventory, operands));
    List<NodeName> nodes = new ArrayList<>();
    for (String operand : operands) {
      boolean whole =
          operand.equals(cluster.name().value())
              && cluster.nodes().stream().noneMatch(n -> n.name().value().equals(operand));
      if (!whole && !isCluster(verb, inventory, operand)) {
        nodes.add(InventoryFinder.node(cluster, operand.substring(operand.indexOf('/') + 1)));
      }
    }
    return new NamedNodes(inventory, cluster, nodes);
  }

  /** The cluster that -c, CLUSTER/NODE or an operand that is a cluster's name says. */
  private static Optional<String> named(Verb verb, Inventory inventory, List<String> operands) {
    Set<String> named = new LinkedHashSet<>();
    Optional.ofNullable(verb.root().cluster).ifPresent(named::add);
    for (String operand : operands) {
      if (operand.indexOf('/') >= 0) {
        named.add(operand.substring(0, operand.indexOf('/')));
      } else if (isCluster(verb, inventory, operand)) {
        named.add(operand);
      }
    }
    if (named.size() > 1) {
      throw new ParameterException(
          verb.spec.commandLine(), "one cluster at a time, found " + String.join(" and ", named));
    }
    return named.stream().findFirst();
  }

  /** With -c operands are nodes, also where a cluster has the same name. */
  private static boolean isCluster(Verb verb, Inventory inventory, String operand) {
    return verb.root().cluster == null
        && ClusterName.isValid(operand)
        && inventory.cluster(new ClusterName(operand)).isPresent();
  }
}
