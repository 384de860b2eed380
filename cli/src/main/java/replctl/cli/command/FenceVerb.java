package replctl.cli.command;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import replctl.cli.render.FencePrinter;
import replctl.cli.wiring.DrillRequest;
import replctl.cli.wiring.FenceCheck;
import replctl.cli.wiring.FenceRequest;
import replctl.cli.wiring.InventoryFinder;
import replctl.cli.wiring.Request;
import replctl.cli.wiring.Session;
import replctl.inventory.Cluster;
import replctl.inventory.Inventory;
import replctl.inventory.NodeName;

/** {@code replctl fence}. */
@Command(
    name = "fence",
    description = {
      "Closes a node and proves it: its own host stops the server and sees that no process is left, or"
          + " its power goes off where SSH does not log in. A node that is not proven to be closed is"
          + " reported so (exit 11)."
    },
    subcommands = {FenceVerb.Verify.class, FenceVerb.Drill.class},
    footer = {
      "  replctl fence pg3",
      "  replctl fence pg3 --power",
      "  replctl fence verify",
      "  replctl fence drill pg2"
    })
final class FenceVerb extends NodeChangeVerb {
  @Option(
      names = "--power",
      description = "only a power that is off counts: the host is not asked to stop its server")
  boolean power;

  @Option(
      names = "--stop-writes",
      paramLabel = "NODE",
      description = "the node once more, which leads: it is closed all the same, and writes stop")
  Optional<String> stopWrites = Optional.empty();

  @Option(
      names = "--confirm-fenced",
      paramLabel = "NODE",
      description =
          "the node once more: you have seen that it is off; counts where nothing of it answers")
  Optional<String> confirmFenced = Optional.empty();

  @Override
  Request request(NodeName node) {
    return new FenceRequest(node, power, stopWrites, confirmFenced);
  }

  /** {@code replctl fence verify}. */
  @Command(
      name = "verify",
      description = {
        "Asks every fence device for its status and switches nothing: whether it answers, whether its"
            + " options are ones that it knows, whether what it says fits the host. Exit 11 when a"
            + " device can't be relied on."
      },
      footer = {"  replctl fence verify", "  replctl fence verify pg1 pg2"})
  static final class Verify extends Verb {
    @Parameters(arity = "0..*", paramLabel = "NODE", description = "nodes; else all of the cluster")
    List<String> nodes = List.of();

    @Override
    int run() {
      Inventory inventory = inventory();
      Cluster cluster = InventoryFinder.cluster(inventory, Optional.ofNullable(root().cluster));
      List<NodeName> asked =
          nodes.stream().map(name -> InventoryFinder.node(cluster, name)).toList();
      try (Session session = root().backend.open(inventory, cluster, console().environment())) {
        FenceCheck check = FenceCheck.of(session, asked, root().timeout);
        boolean well = check.found().stream().allMatch(v -> v.trouble().isEmpty());
        return isQuiet(well) ? 0 : new FencePrinter(check).to(page());
      }
    }
  }

  /** {@code replctl fence drill}. */
  @Command(
      name = "drill",
      description = {
        "Tries a follower's fence device: on, off, then the host and its server must be gone and all"
            + " others there, on again, and it streams again. Date and result are kept on the nodes."
            + " Refused where that would stop writes."
      },
      footer = {"  replctl fence drill pg2"})
  static final class Drill extends NodeChangeVerb {
    @Override
    Request request(NodeName node) {
      return new DrillRequest(node);
    }
  }
}
