package replctl.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import replctl.cli.wiring.Request;
import replctl.cli.wiring.StopRequest;
import replctl.inventory.NodeName;

/** {@code replctl stop}. */
@Command(
    name = "stop",
    description = {
      "Stops a follower's server, for work on its host. It stays a member and votes; it is started"
          + " by replctl start, or when its host boots. A leader is not stopped: hand over first."
          + " One that writes wait for is stopped only where enough others are left, or when that"
          + " is typed."
    },
    footer = {"  replctl stop pg3", "  replctl stop shop/pg3 --dry-run"})
final class StopVerb extends NodeChangeVerb {
  @Option(
      names = "--let-writes-wait",
      description = "also where too few followers are left to acknowledge writes")
  boolean letWritesWait;

  @Override
  Request request(NodeName node) {
    return new StopRequest(node, letWritesWait);
  }
}
