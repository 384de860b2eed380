package replctl.cli.command;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import replctl.cli.wiring.InventoryFinder;
import replctl.cli.wiring.Request;
import replctl.cli.wiring.Session;
import replctl.inventory.Cluster;
import replctl.inventory.Inventory;
import replctl.inventory.NodeName;

/** A verb that changes one node by a plan. */
abstract class NodeChangeVerb extends Verb {
  @Parameters(
      arity = "0..1",
      paramLabel = "NODE",
      description = "the node; CLUSTER/NODE where the inventory has more than one cluster")
  Optional<String> operand = Optional.empty();

  @Mixin HowToChange how = new HowToChange();

  /** What is asked for. */
  abstract Request request(NodeName node);

  /** What is asked for where no node is named. */
  Request request() {
    throw new MissingParameterException(spec.commandLine(), List.of(), "which node?");
  }

  /** The node that was typed. */
  NodeName named(Cluster found, String typed) {
    return InventoryFinder.node(found, typed);
  }

  @Override
  int run() {
    Optional<Request> ofNone = operand.isEmpty() ? Optional.of(request()) : Optional.empty();
    String typed = operand.orElse("");
    int slash = typed.indexOf('/');
    Optional<String> cluster = cluster(typed, slash);
    Inventory inventory = inventory();
    Cluster found = InventoryFinder.cluster(inventory, cluster);
    Request wanted = ofNone.orElseGet(() -> request(named(found, typed.substring(slash + 1))));
    try (Session session = root().backend.open(inventory, found, console().environment())) {
      return how.run(this, session, wanted);
    }
  }

  private Optional<String> cluster(String typed, int slash) {
    Optional<String> option = Optional.ofNullable(root().cluster);
    if (slash < 0) {
      return option;
    }
    String named = typed.substring(0, slash);
    if (option.isPresent() && !option.get().equals(named)) {
      throw new ParameterException(
          spec.commandLine(), "two clusters: " + option.get() + " and " + named);
    }
    return Optional.of(named);
  }
}
