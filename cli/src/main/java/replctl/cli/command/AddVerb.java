package replctl.cli.command;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import replctl.cli.wiring.AddRequest;
import replctl.cli.wiring.InventoryFinder;
import replctl.cli.wiring.Request;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.playbooks.verb.Add;

/** {@code replctl add}. */
@Command(
    name = "add",
    description = {
      "Makes a node that the inventory declares a member: it is copied and set up as init does it,"
          + " the others let it in, and then it has a vote and may acknowledge writes. What data it"
          + " has is kept as rejoin keeps it. A witness gets its vote. One at a time. Running it"
          + " again changes nothing and says so."
    },
    footer = {"  replctl add pg4 --dry-run", "  replctl add pg4 --yes", "  replctl add shop/pg4"})
final class AddVerb extends NodeChangeVerb {
  @Option(
      names = "--by",
      paramLabel = "WAY",
      description = "this way to become a follower or none: follow, rewind, inject or clone")
  Optional<String> by = Optional.empty();

  @Option(
      names = "--replace",
      description = "where its old data can't be set aside for a copy, it is deleted")
  boolean replace;

  @Option(
      names = "--without-guard",
      description = "places no start guard on it: when it led and comes back, it is writable")
  boolean withoutGuard;

  @Override
  NodeName named(Cluster found, String typed) {
    return InventoryFinder.member(found, typed);
  }

  @Override
  Request request(NodeName node) {
    return new AddRequest(node, new Add.Options(by, replace, withoutGuard));
  }
}
