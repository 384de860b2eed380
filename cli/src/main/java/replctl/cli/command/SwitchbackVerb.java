package replctl.cli.command;

import java.util.Optional;
import picocli.CommandLine.Command;
import replctl.cli.wiring.Request;
import replctl.cli.wiring.SwitchbackRequest;

/** {@code replctl switchback}. */
@Command(
    name = "switchback",
    description = {
      "The switchover to the node that led before the present leader, by the newest record that the"
          + " hosts have. Where that names nobody, or more than one, it is refused: then name the"
          + " node to replctl switchover."
    },
    footer = {"  replctl switchback --dry-run", "  replctl switchback --yes"})
final class SwitchbackVerb extends ChangeVerb {
  @Override
  Request request() {
    return new SwitchbackRequest(Optional.empty());
  }
}
