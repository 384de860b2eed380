package replctl.cli.command;

import picocli.CommandLine.Command;
import replctl.cli.wiring.Request;
import replctl.cli.wiring.StartRequest;
import replctl.inventory.NodeName;

/** {@code replctl start}. */
@Command(
    name = "start",
    description = {
      "Starts a follower's server, and sees that it receives from whom it should: also where"
          + " another leads since it was stopped. Nothing of its data is changed for that: where it"
          + " can't just follow, replctl rejoin says by which other way it comes back. A leader is"
          + " started by replctl open."
    },
    footer = {"  replctl start pg3", "  replctl start shop/pg3 --yes"})
final class StartVerb extends NodeChangeVerb {
  @Override
  Request request(NodeName node) {
    return new StartRequest(node);
  }
}
