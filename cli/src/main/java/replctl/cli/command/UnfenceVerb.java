package replctl.cli.command;

import picocli.CommandLine.Command;
import replctl.cli.wiring.Request;
import replctl.cli.wiring.UnfenceRequest;
import replctl.inventory.NodeName;

/** {@code replctl unfence}. */
@Command(
    name = "unfence",
    description = {
      "Gives a node its power back, waits until its host answers, and takes away what keeps its server"
          + " from being started. It opens nothing."
    },
    footer = {"  replctl unfence pg1"})
final class UnfenceVerb extends NodeChangeVerb {
  @Override
  Request request(NodeName node) {
    return new UnfenceRequest(node);
  }
}
