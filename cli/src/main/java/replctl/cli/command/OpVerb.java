package replctl.cli.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import replctl.cli.render.OperationsPrinter;
import replctl.cli.render.PlanPrinter;
import replctl.playbooks.journal.Recorded;

/** {@code replctl op}: the journal. */
@Command(
    name = "op",
    description = {
      "Every operation has a journal: its plan, and each step's intent and result. One that was cut"
          + " off is finished by resume, or taken back by abort where that can still be."
    },
    subcommands = {
      OpVerb.Listing.class,
      OpVerb.Show.class,
      OpVerb.Resume.class,
      OpVerb.Abort.class
    },
    footer = {
      "  replctl op list",
      "  replctl op show",
      "  replctl op resume op-20261124-0312-7k2m"
    })
final class OpVerb extends Verb {
  @Override
  int run() {
    throw new MissingParameterException(
        spec.commandLine(), List.of(), "what of operations? list, show, resume or abort");
  }

  /** Newest first. */
  @Command(
      name = "list",
      description = {
        "lists operations, newest first; those that are not over are listed however old they are"
      })
  static final class Listing extends Verb {
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
      Operations.Listed listed = Operations.of(this).newest(limit);
      return new OperationsPrinter(listed.operations(), listed.older()).to(page());
    }
  }

  /** A plan and how each step of it stands. */
  @Command(name = "show", description = "shows an operation's plan and how each step stands")
  static final class Show extends OneOperation {
    @Override
    int run(Operations.Found found) {
      return PlanPrinter.of(found.recorded()).to(page());
    }
  }

  /** Finishes it. */
  @Command(name = "resume", description = "finishes an operation that was cut off or is owed")
  static final class Resume extends Takeover {
    @Override
    int run(Operations.Found found) {
      Recorded recorded = found.recorded();
      return new Work(this, found.session()).run(recorded, r -> r.resume(recorded, silence()));
    }
  }

  /** Takes it back. */
  @Command(name = "abort", description = "takes an operation back, where that can still be")
  static final class Abort extends Takeover {
    @Override
    int run(Operations.Found found) {
      Recorded recorded = found.recorded();
      return new Work(this, found.session()).run(recorded, r -> r.abort(recorded, silence()));
    }
  }
}
