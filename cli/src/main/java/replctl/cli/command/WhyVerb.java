package replctl.cli.command;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import replctl.cli.render.Look;
import replctl.cli.render.WhyPrinter;
import replctl.cli.wiring.InventoryFinder;
import replctl.cli.wiring.Session;
import replctl.inventory.Cluster;
import replctl.inventory.Inventory;
import replctl.inventory.NodeName;
import replctl.playbooks.snapshot.Snapshot;

/** {@code replctl why NODE}. */
@Command(
    name = "why",
    description = {
      "Explains one node: how it is, what was found of it and the cure, why it is behind, what is"
          + " owed on it, and every rule that keeps it from leading. Changes nothing."
    },
    footer = {"  replctl why pg3", "  replctl why shop/pg3 -o json"})
final class WhyVerb extends Verb {
  @Parameters(
      paramLabel = "NODE",
      description = "the node; CLUSTER/NODE where the inventory has more than one cluster")
  String operand = "";

  @Override
  int run() {
    int slash = operand.indexOf('/');
    Optional<String> cluster =
        slash < 0 ? Optional.ofNullable(root().cluster) : Optional.of(operand.substring(0, slash));
    if (slash >= 0 && root().cluster != null && !cluster.get().equals(root().cluster)) {
      throw new ParameterException(
          spec.commandLine(), "two clusters: " + root().cluster + " and " + cluster.get());
    }
    Inventory inventory = inventory();
    Cluster found = InventoryFinder.cluster(inventory, cluster);
    NodeName node = InventoryFinder.node(found, operand.substring(slash + 1));
    try (Session session = root().backend.open(inventory, found, console().environment())) {
      Snapshot seen = session.look(root().timeout);
      Look look =
          Look.of(
              session.cluster(),
              seen,
              session.engine().survey().levels(),
              session.engine().connecting());
      int code = new WhyPrinter(look, node).to(page());
      ClusterVerb.requireAnswer(session, seen);
      return code;
    }
  }
}
