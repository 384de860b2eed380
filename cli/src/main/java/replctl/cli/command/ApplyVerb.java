package replctl.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import replctl.cli.ExitCode;
import replctl.cli.Failure;
import replctl.cli.render.PlanPrinter;
import replctl.cli.wiring.InventoryFinder;
import replctl.cli.wiring.Session;
import replctl.inventory.Inventory;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.PlanJson;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Apply;

/** {@code replctl apply FILE}. */
@Command(
    name = "apply",
    description = {
      "Runs exactly the plan in a file that replctl plan wrote. Looks at the cluster first, and"
          + " refuses (exit 10) if who leads, who follows or who answers has changed since."
    },
    footer = {"  replctl apply monday.json --dry-run", "  replctl apply monday.json"})
final class ApplyVerb extends Verb {
  @Parameters(paramLabel = "FILE", description = "the plan")
  Path file;

  @Option(
      names = {"-n", "--dry-run"},
      description = "shows the plan and whether it can still be run; changes nothing")
  boolean dryRun;

  @Option(names = "--in-maintenance", description = "also while the cluster is under maintenance")
  boolean inMaintenance;

  @Override
  int run() {
    Plan plan = read();
    Inventory inventory = inventory();
    try (Session session =
        root()
            .backend
            .open(
                inventory,
                InventoryFinder.cluster(inventory, Optional.of(plan.cluster().value())),
                console().environment())) {
      Snapshot seen = session.look(root().timeout);
      Apply.objection(session.cluster(), plan, inMaintenance ? seen.despiteMaintenance() : seen)
          .ifPresent(
              refusal -> {
                throw Failure.refused(refusal);
              });
      return dryRun ? PlanPrinter.of(plan).to(page()) : new Work(this, session).run(plan);
    }
  }

  private Plan read() {
    try {
      return PlanJson.read(new ObjectMapper().readTree(Files.readString(file)));
    } catch (JsonProcessingException | IllegalArgumentException notAPlan) {
      throw Failure.because(
          notAPlan, ExitCode.USAGE, file + " is no plan: " + firstLine(notAPlan.getMessage()));
    } catch (IOException unreadable) {
      throw Failure.because(unreadable, ExitCode.USAGE, file + " can't be read");
    }
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
