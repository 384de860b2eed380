package replctl.cli.command;

import picocli.CommandLine.Command;
import replctl.cli.render.Look;
import replctl.cli.render.LookPrinter;
import replctl.cli.render.TopologyPrinter;
import replctl.cli.render.Trail;

/** {@code replctl topology}. */
@Command(
    name = "topology",
    description = {
      "Shows each node below the one that it receives from, as it is now, not as it is declared."
    },
    footer = {"  replctl topology shop"})
final class TopologyVerb extends LookVerb {
  @Override
  LookPrinter printer(Look look, Trail trail) {
    return new TopologyPrinter(look, trail);
  }
}
