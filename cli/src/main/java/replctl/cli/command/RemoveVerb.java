package replctl.cli.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import replctl.cli.wiring.RemoveRequest;
import replctl.cli.wiring.Request;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;

/** {@code replctl remove}. */
@Command(
    name = "remove",
    description = {
      "Has a node, or a witness, leave the cluster: no write waits for it any more, it has no vote,"
          + " nothing is kept for it any more, its server is stopped and its start guard taken away; its data"
          + " stays. First this, and then take it out of the inventory. Refused for the leader,"
          + " where another node receives from it, and where writes would wait without it. Of a"
          + " node that the inventory does not have any more, the vote is taken and nothing is kept."
    },
    footer = {
      "  replctl remove pg3 --dry-run",
      "  replctl remove pg3 --yes",
      "  replctl remove pg2 --confirm-fenced pg2"
    })
final class RemoveVerb extends NodeChangeVerb {
  @Option(
      names = "--confirm-fenced",
      paramLabel = "NODE",
      description =
          "you have seen that this node is off; counts where nothing of it answers and there is no"
              + " majority without it; once for each")
  List<String> confirmFenced = List.of();

  @Override
  NodeName named(Cluster found, String typed) {
    if (!NodeName.isValid(typed)) {
      throw new ParameterException(spec.commandLine(), "not a node's name: " + typed);
    }
    return new NodeName(typed);
  }

  @Override
  Request request(NodeName node) {
    return new RemoveRequest(node, confirmFenced);
  }
}
