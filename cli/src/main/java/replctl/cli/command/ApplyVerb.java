package replctl.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
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
import replctl.cli.wiring.InventorySum;
import replctl.cli.wiring.Session;
import replctl.inventory.Inventory;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.PlanJson;
import replctl.playbooks.plan.Refusal;
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

  /** Of a plan file: {@link InventorySum} of the inventory that the plan was made with. */
  static final String INVENTORY = "inventory";

  @Override
  int run() {
    JsonNode written = read();
    Plan plan = plan(written);
    Inventory inventory = inventory();
    try (Session session =
        root()
            .backend
            .open(
                inventory,
                InventoryFinder.cluster(inventory, Optional.of(plan.cluster().value())),
                console().environment())) {
      unlessTheInventoryChanged(written, plan, inventory);
      Snapshot seen = session.look(root().timeout);
      Apply.objection(session.cluster(), plan, inMaintenance ? seen.despiteMaintenance() : seen)
          .ifPresent(
              refusal -> {
                throw Failure.refused(refusal);
              });
      return dryRun ? PlanPrinter.of(plan).to(page()) : new Work(this, session).run(plan);
    }
  }

  private static void unlessTheInventoryChanged(JsonNode written, Plan plan, Inventory inventory) {
    String then = written.path(INVENTORY).asText();
    if (!then.isEmpty() && !then.equals(InventorySum.of(inventory, plan.cluster()))) {
      throw Failure.refused(
          Refusal.of(
              Refusal.Code.E_PLAN_01,
              "what the inventory says of "
                  + plan.cluster()
                  + " has changed since the plan was made at "
                  + plan.basis().seenAt()
                  + ".",
              Apply.anew(plan)));
    }
  }

  private Plan plan(JsonNode written) {
    try {
      return PlanJson.read(written);
    } catch (IllegalArgumentException notAPlan) {
      throw noPlan(notAPlan);
    }
  }

  private Failure noPlan(Exception notAPlan) {
    return Failure.because(
        notAPlan, ExitCode.USAGE, file + " is no plan: " + firstLine(notAPlan.getMessage()));
  }

  private JsonNode read() {
    try {
      return new ObjectMapper().readTree(Files.readString(file));
    } catch (JsonProcessingException notAPlan) {
      throw noPlan(notAPlan);
    } catch (IOException unreadable) {
      throw Failure.because(unreadable, ExitCode.USAGE, file + " can't be read");
    }
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
