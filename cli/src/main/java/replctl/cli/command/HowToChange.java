package replctl.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import replctl.cli.ExitCode;
import replctl.cli.Failure;
import replctl.cli.render.PlanPrinter;
import replctl.cli.wiring.InventorySum;
import replctl.cli.wiring.Request;
import replctl.cli.wiring.Session;
import replctl.inventory.Inventory;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.PlanJson;

/** Options of verbs that change something by a plan: run, shown, or written to a file. */
final class HowToChange {
  @Option(
      names = {"-n", "--dry-run"},
      description = "shows the very plan that would be run, and changes nothing")
  boolean dryRun;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "writes the plan to a file for review and replctl apply; changes nothing else")
  Optional<Path> out = Optional.empty();

  @Option(names = "--in-maintenance", description = "also while the cluster is under maintenance")
  boolean inMaintenance;

  /** Does with the request's plan what was typed. */
  int run(Verb verb, Session session, Request request) {
    Work work = new Work(verb, inMaintenance ? session.despiteMaintenance() : session);
    boolean planned =
        verb.spec.parent() != null && verb.spec.parent().userObject() instanceof PlanVerb;
    return out.isPresent()
        ? write(verb, session.inventory(), work.ask(request), out.get())
        : work.run(request, dryRun || planned);
  }

  private static int write(Verb verb, Inventory inventory, Request.Asked asked, Path file) {
    Plan plan = Work.plan(asked);
    ObjectNode written = PlanJson.write(plan);
    written.put(ApplyVerb.INVENTORY, InventorySum.of(inventory, plan.cluster()));
    try {
      Files.writeString(file, written.toPrettyString() + "\n");
    } catch (IOException unwritable) {
      throw Failure.because(
          unwritable, ExitCode.ERROR, "the plan can't be written to " + file + ": " + unwritable);
    }
    PlanPrinter.of(plan, asked.drift()).to(verb.page());
    if (!verb.root().quiet) {
      verb.console().err().println("\nwritten to " + file + "\nNext: replctl apply " + file);
    }
    return 0;
  }
}
