package replctl.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import replctl.cli.Failure;
import replctl.cli.wiring.InventoryFinder;
import replctl.inventory.Cluster;
import replctl.inventory.Inventory;

/**
 * {@code replctl __complete KIND -- WORDS...}: names for the completion scripts, a line each, with
 * a tab and a description. Asks no host. Says nothing where nothing is known.
 */
@Command(name = "__complete", hidden = true)
final class CompleteVerb extends Verb {
  @Parameters(
      arity = "0..*",
      paramLabel = "WORD",
      description = "the kind, then what is typed so far")
  List<String> words = List.of();

  @Override
  int run() {
    try {
      names(words.isEmpty() ? "" : words.get(0));
    } catch (Failure noInventory) {
      // A Tab is no place for words about a missing or wrong inventory.
      return noInventory.exitCode();
    }
    return 0;
  }

  private void names(String kind) {
    InventoryFinder finder = new InventoryFinder(console().environment());
    Optional<Path> typed = after("-i").or(() -> after("--inventory")).map(Path::of);
    Inventory inventory = finder.read(finder.file(typed));
    Optional<String> cluster = after("-c").or(() -> after("--cluster"));
    List<Cluster> clusters =
        inventory.clusters().stream()
            .filter(c -> cluster.isEmpty() || c.name().value().equals(cluster.get()))
            .toList();
    switch (kind) {
      case "cluster" ->
          inventory.clusters().forEach(c -> line(c.name().value(), c.engine().word()));
      case "node" ->
          clusters.forEach(
              c -> c.nodes().forEach(n -> line(n.name().value(), n.region().orElse(n.host()))));
      case "operation" ->
          new Operations(this, inventory, clusters)
              .newest(Operations.SCREEN)
              .operations()
              .forEach(r -> line(r.plan().op(), r.plan().verb() + " of " + r.plan().cluster()));
      default -> {}
    }
  }

  private Optional<String> after(String option) {
    int at = words.indexOf(option);
    return at >= 0 && at + 1 < words.size() ? Optional.of(words.get(at + 1)) : Optional.empty();
  }

  private void line(String name, String description) {
    console().out().println(name + "\t" + description);
  }
}
