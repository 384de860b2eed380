package replctl.cli.command;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import replctl.cli.wiring.MaintenanceRequest;
import replctl.cli.wiring.Request;

/** {@code replctl maintenance on}, {@code off}. */
@Command(
    name = "maintenance",
    description = {
      "Hands off: while it is on, what would change the cluster is refused, whoever or whatever"
          + " types it, unless --in-maintenance is typed with it. fence and unfence are not refused,"
          + " and operations that were cut off can be resumed and taken back. A majority of the"
          + " hosts knows of it."
    },
    subcommands = {MaintenanceVerb.On.class, MaintenanceVerb.Off.class},
    footer = {
      "  replctl maintenance on --for 2h --reason 'new disks'",
      "  replctl maintenance off"
    })
final class MaintenanceVerb extends Verb {
  @Override
  int run() {
    throw new MissingParameterException(spec.commandLine(), List.of(), "maintenance on or off?");
  }

  /** {@code replctl maintenance on}. */
  @Command(
      name = "on",
      description = {
        "Keeps hands off: what would change the cluster is refused unless --in-maintenance is typed"
            + " with it."
      },
      footer = {
        "  replctl maintenance on",
        "  replctl maintenance on --for 2h --reason 'new disks'"
      })
  static final class On extends ChangeVerb {
    /** More would not fit on a line of status. */
    private static final int LONGEST = 200;

    @Option(
        names = "--for",
        paramLabel = "TIME",
        description = "over by itself after that long, by the hosts' own clocks: 30m, 2h")
    Optional<Duration> limit = Optional.empty();

    @Option(names = "--reason", paramLabel = "TEXT", description = "why, in one line")
    String reason = "";

    @Override
    Request request() {
      if (reason.length() > LONGEST || reason.chars().anyMatch(Character::isISOControl)) {
        throw new ParameterException(
            spec.commandLine(), "--reason: one line of at most " + LONGEST + " characters");
      }
      return new MaintenanceRequest(true, limit, reason);
    }
  }

  /** {@code replctl maintenance off}. */
  @Command(
      name = "off",
      description = {"Ends it, whoever began it."},
      footer = {"  replctl maintenance off"})
  static final class Off extends ChangeVerb {
    @Override
    Request request() {
      return new MaintenanceRequest(false, Optional.empty(), "");
    }
  }
}
