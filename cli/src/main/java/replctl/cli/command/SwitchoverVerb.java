package replctl.cli.command;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import replctl.cli.wiring.Request;
import replctl.cli.wiring.SwitchoverRequest;

/** {@code replctl switchover}. */
@Command(
    name = "switchover",
    description = {
      "Hands leadership to a follower without losing a write: the leader closes, the follower"
          + " applies all of it, opens, and the others follow it. If that can't be finished, the old"
          + " leader is opened again (exit 16)."
    },
    footer = {
      "  replctl switchover --dry-run",
      "  replctl switchover --to pg2",
      "  replctl switchover shop --to pg2 --yes --quiet"
    })
final class SwitchoverVerb extends ChangeVerb {
  @Option(
      names = "--to",
      paramLabel = "NODE",
      description = "who is to lead; else the best candidate")
  Optional<String> to = Optional.empty();

  @Override
  Request request() {
    return new SwitchoverRequest(to);
  }
}
