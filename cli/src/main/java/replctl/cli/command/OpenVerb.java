package replctl.cli.command;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import replctl.cli.wiring.OpenRequest;
import replctl.cli.wiring.Request;
import replctl.inventory.NodeName;

/** {@code replctl open}. */
@Command(
    name = "open",
    description = {
      "Opens the recorded leader that only rebooted and is not open yet, under a new epoch: it"
          + " waits in its start guard, or its process is dead; also one that was fenced, and then"
          + " unfenced, where it is named. Where it is open already there is nothing to do. It is"
          + " refused where another node takes writes (exit 14), was promoted, or leads by the"
          + " newest record. With --re-record, a node that was promoted by hand and"
          + " takes writes is written down as the leader."
    },
    footer = {
      "  replctl open",
      "  replctl open pg1 --dry-run",
      "  replctl open --yes --quiet     # from cron",
      "  replctl open pg2 --re-record"
    })
final class OpenVerb extends NodeChangeVerb {
  @Option(
      names = "--re-record",
      description = "writes down that NODE leads, which takes writes already")
  boolean reRecord;

  @Override
  Request request() {
    return reRecord ? super.request() : new OpenRequest(Optional.empty(), false);
  }

  @Override
  Request request(NodeName node) {
    return new OpenRequest(Optional.of(node), reRecord);
  }
}
