package replctl.cli.command;

import java.util.Optional;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import replctl.cli.wiring.InventoryFinder;
import replctl.cli.wiring.Session;
import replctl.inventory.Cluster;
import replctl.inventory.Inventory;

/** A verb of a whole cluster, which is named by -c, as the operand, or is the only one. */
abstract class ClusterVerb extends Verb {
  @Parameters(
      arity = "0..1",
      paramLabel = "CLUSTER",
      description = "the cluster, where the inventory has more than one")
  Optional<String> operand = Optional.empty();

  /** The cluster, opened to be changed. */
  final Session open() {
    Inventory inventory = inventory();
    return root().backend.open(inventory, cluster(inventory), console().environment());
  }

  /** The cluster, opened to be looked at. */
  final Session look() {
    Inventory inventory = inventory();
    return root().backend.look(inventory, cluster(inventory), console().environment());
  }

  private Cluster cluster(Inventory inventory) {
    Optional<String> option = Optional.ofNullable(root().cluster);
    if (option.isPresent() && operand.isPresent() && !option.equals(operand)) {
      throw new ParameterException(
          spec.commandLine(), "two clusters: " + option.get() + " and " + operand.get());
    }
    return InventoryFinder.cluster(inventory, operand.or(() -> option));
  }
}
