package replctl.cli.command;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import replctl.cli.wiring.FailoverRequest;
import replctl.cli.wiring.Request;
import replctl.inventory.Size;

/** {@code replctl failover}. */
@Command(
    name = "failover",
    description = {
      "Gives up a leader that is lost: it is closed first, by a proof that the inventory accepts;"
          + " the followers stand still; what the fullest has is kept, and by priority one of them"
          + " leads. Refused while the leader answers or others still reach it, where its closing"
          + " can't be proven (exit 11), and where more would be lost than is allowed (13)."
    },
    footer = {
      "  replctl failover --dry-run",
      "  replctl failover --to pg2",
      "  replctl failover --confirm-fenced pg1",
      "  replctl failover --accept-loss any --yes"
    })
final class FailoverVerb extends ChangeVerb {
  @Option(names = "--to", paramLabel = "NODE", description = "who is to lead; else by priority")
  Optional<String> to = Optional.empty();

  @Option(
      names = "--leader-is-broken",
      paramLabel = "REASON",
      description = "give up a leader that answers, or could be started again, all the same")
  Optional<String> broken = Optional.empty();

  @Option(
      names = "--confirm-fenced",
      paramLabel = "NODE",
      description =
          "you have seen that this node is off; counts where nothing of it answers; once for each")
  List<String> confirmFenced = List.of();

  @Option(
      names = "--accept-loss",
      paramLabel = "SIZE",
      description = "so much of the log may be lost, or any; else what the inventory allows")
  Optional<String> acceptLoss = Optional.empty();

  @Option(
      names = "--acks",
      paramLabel = "K",
      description =
          "a write may wait for only so many on the new leader, written down before it leads;"
              + " replctl sync --apply takes it back")
  OptionalInt acks = OptionalInt.empty();

  @Override
  Request request() {
    if (acks.isPresent() && acks.getAsInt() < 0) {
      throw new ParameterException(spec.commandLine(), "--acks: a number from 0");
    }
    return new FailoverRequest(to, broken, confirmFenced, loss(), acks);
  }

  private OptionalLong loss() {
    if (acceptLoss.isEmpty()) {
      return OptionalLong.empty();
    }
    if (acceptLoss.get().toLowerCase(Locale.ROOT).equals("any")) {
      return OptionalLong.of(Long.MAX_VALUE);
    }
    return OptionalLong.of(
        Size.parse(acceptLoss.get())
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(),
                        "--accept-loss: " + acceptLoss.get() + " is no size, nor any"))
            .bytes());
  }
}
