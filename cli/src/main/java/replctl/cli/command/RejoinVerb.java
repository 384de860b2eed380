package replctl.cli.command;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import replctl.cli.wiring.RejoinRequest;
import replctl.cli.wiring.Request;
import replctl.inventory.NodeName;

/** {@code replctl rejoin}. */
@Command(
    name = "rejoin",
    description = {
      "Brings an old leader or a broken follower back as a follower: it just follows where it can,"
          + " else its data is taken back to where it and the leader parted (PostgreSQL), or the leader"
          + " counts as done what changed nothing there (MySQL), else it is copied anew."
          + " The way is chosen before anything is changed, and why not by the others is shown."
          + " What the node alone has is saved and listed first; data that gives way to a copy is kept"
          + " beside."
    },
    footer = {
      "  replctl rejoin pg1 --dry-run",
      "  replctl rejoin pg1 --yes",
      "  replctl rejoin shop/pg1 --by clone --replace"
    })
final class RejoinVerb extends NodeChangeVerb {
  @Option(
      names = "--to",
      paramLabel = "NODE",
      description = "whom it is to receive from; else as declared, or the leader")
  Optional<String> to = Optional.empty();

  @Option(
      names = "--by",
      paramLabel = "WAY",
      description = "this way or none: follow, rewind, inject or clone")
  Optional<String> by = Optional.empty();

  @Option(
      names = "--replace",
      description = "where its old data can't be set aside for a copy, it is deleted")
  boolean replace;

  @Override
  Request request(NodeName node) {
    return new RejoinRequest(node, to, by, replace);
  }
}
