package replctl.cli.command;

import picocli.CommandLine.Command;
import replctl.cli.render.Look;
import replctl.cli.render.LookPrinter;
import replctl.cli.render.StatusPrinter;

/** {@code replctl status}. */
@Command(
    name = "status",
    description = {
      "Looks at every node in parallel, each with its own deadline, and changes nothing. What can't be seen is called unknown. Exit 0 when at least one node answered, 69 when none did."
    },
    footer = {
      "  replctl status",
      "  replctl status shop -o json",
      "  replctl status --watch --every 2s"
    })
final class StatusVerb extends LookVerb {
  @Override
  LookPrinter printer(Look look) {
    return new StatusPrinter(look);
  }
}
