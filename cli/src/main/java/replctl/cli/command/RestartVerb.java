package replctl.cli.command;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import replctl.cli.wiring.Request;
import replctl.cli.wiring.RestartRequest;
import replctl.inventory.NodeName;
import replctl.playbooks.verb.RestartOptions.OfLeader;

/** {@code replctl restart}. */
@Command(
    name = "restart",
    description = {
      "Restarts a node's server; or, with --rolling, all of a cluster's, one at a time. A follower"
          + " must receive again, and have applied what there is, before the next one is touched."
          + " The leader comes last: it hands over to one that was restarted, and is restarted as"
          + " its follower. With --leader in-place it is restarted as it is, and no write is taken"
          + " meanwhile; with --leader leave it is not.",
      "With --back the one that led leads again when all are restarted: a switchover of its own,"
          + " decided on a fresh look, in which writes stand still once more."
    },
    footer = {
      "  replctl restart pg3",
      "  replctl restart --rolling --dry-run",
      "  replctl restart --rolling --to pg2 --yes",
      "  replctl restart --rolling --back",
      "  replctl restart pg1 --leader in-place"
    })
final class RestartVerb extends NodeChangeVerb {
  @Option(names = "--rolling", description = "all servers of the cluster, one at a time")
  boolean rolling;

  @Option(
      names = "--without",
      paramLabel = "NODE",
      description = "with --rolling, leaves that node alone; may be repeated")
  List<String> without = List.of();

  @Option(
      names = "--leader",
      paramLabel = "HOW",
      description = "what becomes of the leader: switchover (default), in-place or leave")
  String leader = OfLeader.SWITCHOVER.word();

  @Option(
      names = "--to",
      paramLabel = "NODE",
      description = "with --rolling, who is to lead then; else the best candidate")
  Optional<String> to = Optional.empty();

  @Option(
      names = "--back",
      description = "with --rolling, has the one that leads now lead again when all are restarted")
  boolean back;

  @Override
  Request request(NodeName node) {
    if (rolling) {
      throw new ParameterException(
          spec.commandLine(), "--rolling restarts all nodes, and one is named: " + node);
    }
    return request(Optional.of(node));
  }

  @Override
  Request request() {
    if (!rolling) {
      throw new MissingParameterException(
          spec.commandLine(), List.of(), "which node? Or all of them: --rolling");
    }
    return request(Optional.empty());
  }

  private Request request(Optional<NodeName> node) {
    OfLeader how = ofLeader();
    if (to.isPresent() && (!rolling || how != OfLeader.SWITCHOVER)) {
      throw new ParameterException(
          spec.commandLine(), "--to: only with --rolling, and where the leader hands over");
    }
    if (!without.isEmpty() && !rolling) {
      throw new ParameterException(spec.commandLine(), "--without: only with --rolling");
    }
    if (back && (!rolling || how != OfLeader.SWITCHOVER)) {
      throw new ParameterException(
          spec.commandLine(), "--back: only with --rolling, and where the leader hands over");
    }
    if (back && this.how.out.isPresent()) {
      throw new ParameterException(
          spec.commandLine(),
          "--back: a plan's file holds one operation; apply it, then: replctl switchback");
    }
    return new RestartRequest(node, without, how, to, back);
  }

  private OfLeader ofLeader() {
    for (OfLeader how : OfLeader.values()) {
      if (how.word().equals(leader)) {
        return how;
      }
    }
    throw new ParameterException(
        spec.commandLine(), "--leader: expected switchover, in-place or leave, found " + leader);
  }
}
