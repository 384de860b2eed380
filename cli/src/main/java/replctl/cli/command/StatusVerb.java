package replctl.cli.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import replctl.cli.render.Look;
import replctl.cli.render.LookPrinter;
import replctl.cli.render.StatusPrinter;
import replctl.cli.render.Trail;
import replctl.cli.wiring.Session;

/** {@code replctl status}. */
@Command(
    name = "status",
    description = {
      "Looks at every node in parallel, each with its own deadline, and changes nothing. What can't be seen is called unknown. Exit 0 when at least one node answered, 69 when none did."
    },
    footer = {
      "  replctl status",
      "  replctl status shop -o json",
      "  replctl status --watch --every 2s",
      "  replctl status --notify-changes     # from cron"
    })
final class StatusVerb extends LookVerb {
  @Mixin Changes changes = new Changes();

  @Override
  void requireSense() {
    if (changes.only && watch) {
      throw new ParameterException(spec.commandLine(), "--watch and --notify-changes: one of them");
    }
  }

  @Override
  void print(Session session, Look look, Runnable print) {
    changes.print(
        session.world().store(), look.cluster().name(), List.of("status"), look.marks(), print);
  }

  @Override
  LookPrinter printer(Look look, Trail trail) {
    return new StatusPrinter(look, trail);
  }
}
