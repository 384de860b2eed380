package replctl.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Parameters;
import replctl.cli.ExitCode;
import replctl.cli.render.InventoryPrinter;
import replctl.cli.render.ValidationPrinter;
import replctl.cli.wiring.InventoryFinder;
import replctl.inventory.Cluster;
import replctl.inventory.Inventory;
import replctl.inventory.yaml.InventorySchema;
import replctl.inventory.yaml.Reading;

/** {@code replctl inventory}: what is declared. */
@Command(
    name = "inventory",
    description = {
      "The inventory declares clusters, nodes and how they are reached. replctl never edits it."
    },
    subcommands = {
      InventoryVerb.Validate.class,
      InventoryVerb.Show.class,
      InventoryVerb.Schema.class,
      ImportVerb.class
    },
    footer = {
      "  replctl -i replctl.yaml inventory validate",
      "  replctl inventory show -o json",
      "  replctl inventory schema > replctl.schema.json",
      "  replctl inventory import --from dba@pg1.example.net -c shop > replctl.yaml",
      "  replctl inventory import hosts.yml > replctl.yaml",
      "  repmgr cluster show --csv | replctl inventory import /dev/stdin"
    })
final class InventoryVerb extends Verb {
  @Override
  int run() {
    throw new MissingParameterException(
        spec.commandLine(), List.of(), "what of the inventory? validate, show, schema or import");
  }

  /** Says everything that is wrong, and exits 78 when it can't be used. */
  @Command(name = "validate", description = "says everything that is wrong with it; exit 78 if so")
  static final class Validate extends Verb {
    @Parameters(
        arity = "0..1",
        paramLabel = "FILE",
        description = "the inventory, instead of the one that -i or the usual places give")
    Optional<Path> file = Optional.empty();

    @Override
    int run() {
      InventoryFinder finder = new InventoryFinder(console().environment());
      Path found = finder.file(file.or(() -> Optional.ofNullable(root().inventory)));
      Reading reading = finder.reading(found);
      if (!isQuiet(reading.inventory().isPresent() && reading.problems().isEmpty())) {
        new ValidationPrinter(found, reading).to(page());
      }
      return reading.inventory().isPresent() ? 0 : ExitCode.BAD_INVENTORY.code();
    }
  }

  /** Prints it with every default applied; secrets are never among it. */
  @Command(name = "show", description = "prints it with every default applied, without secrets")
  static final class Show extends Verb {
    @Override
    int run() {
      Inventory inventory = inventory();
      if (root().cluster != null) {
        Cluster chosen = InventoryFinder.cluster(inventory, Optional.of(root().cluster));
        inventory = new Inventory(inventory.file(), List.of(chosen));
      }
      return new InventoryPrinter(inventory).to(page());
    }
  }

  /** Prints the JSON Schema that editors complete and check with. */
  @Command(name = "schema", description = "prints its JSON Schema, for editors")
  static final class Schema extends Verb {
    @Override
    int run() {
      console().out().print(InventorySchema.json());
      return 0;
    }
  }
}
