package replctl.cli.command;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import replctl.cli.render.HistoryPrinter;
import replctl.cli.wiring.InventoryFinder;
import replctl.inventory.Inventory;

/** {@code replctl history}. */
@Command(
    name = "history",
    description = {
      "What happened to a cluster, or to all of them: every operation with when, by whom, in which"
          + " epoch, how it ended, who led after it, and who took it up again. It is read from the"
          + " journals on this host and from the copies on the cluster's hosts, so that what others"
          + " did is there too, as far as hosts answer. Newest first."
    },
    footer = {"  replctl history", "  replctl history shop --limit 5", "  replctl history -o json"})
final class HistoryVerb extends Verb {
  @Parameters(
      arity = "0..1",
      paramLabel = "CLUSTER",
      description = "this one only; else all of the inventory")
  Optional<String> operand = Optional.empty();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "so many at most, but for those that are not over; 50")
  int limit = Operations.SCREEN;

  @Override
  int run() {
    if (limit < 1) {
      throw new ParameterException(spec.commandLine(), "--limit is a number from 1");
    }
    Inventory inventory = inventory();
    Optional<String> named = operand.or(() -> Optional.ofNullable(root().cluster));
    Operations operations =
        new Operations(
            this,
            inventory,
            named.isEmpty()
                ? inventory.clusters()
                : List.of(InventoryFinder.cluster(inventory, named)));
    Operations.Listed listed = operations.newest(limit);
    return new HistoryPrinter(listed.operations(), listed.older()).to(page());
  }
}
