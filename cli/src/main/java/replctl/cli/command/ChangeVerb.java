package replctl.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import replctl.cli.ExitCode;
import replctl.cli.Failure;
import replctl.cli.render.PlanPrinter;
import replctl.cli.wiring.Request;
import replctl.cli.wiring.Session;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.PlanJson;

/** A verb that changes a cluster by a plan: run, shown, or written to a file. */
abstract class ChangeVerb extends ClusterVerb {
  @Option(
      names = {"-n", "--dry-run"},
      description = "shows the very plan that would be run, and changes nothing")
  boolean dryRun;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "writes the plan to a file for review and replctl apply; changes nothing else")
  Optional<Path> out = Optional.empty();

  /** What is asked for. */
  abstract Request request();

  @Override
  int run() {
    try (Session session = open()) {
      Work work = new Work(this, session);
      boolean planned = spec.parent() != null && spec.parent().userObject() instanceof PlanVerb;
      return out.isPresent() ? write(work, out.get()) : work.run(request(), dryRun || planned);
    }
  }

  private int write(Work work, Path file) {
    Request.Asked asked = work.ask(request());
    Plan plan = Work.plan(asked);
    try {
      Files.writeString(file, PlanJson.write(plan).toPrettyString() + "\n");
    } catch (IOException unwritable) {
      throw Failure.because(
          unwritable, ExitCode.ERROR, "the plan can't be written to " + file + ": " + unwritable);
    }
    PlanPrinter.of(plan, asked.drift()).to(page());
    if (!root().quiet) {
      console().err().println("\nwritten to " + file + "\nNext: replctl apply " + file);
    }
    return 0;
  }
}
