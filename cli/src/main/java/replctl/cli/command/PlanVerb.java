package replctl.cli.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;

/** {@code replctl plan VERB...}: the same verbs, which only plan. */
@Command(
    name = "plan",
    description = {
      "Shows the plan of an operation, or writes it to a file for review. replctl apply then runs"
          + " exactly that file, or refuses if the cluster has moved."
    },
    subcommands = {
      InitVerb.class,
      SwitchoverVerb.class,
      SwitchbackVerb.class,
      FailoverVerb.class,
      RejoinVerb.class,
      AddVerb.class,
      RemoveVerb.class,
      SyncVerb.class,
      OpenVerb.class,
      RestartVerb.class,
      ParameterVerb.class,
      StopVerb.class,
      StartVerb.class
    },
    footer = {
      "  replctl plan switchover --to pg2",
      "  replctl plan switchover --to pg2 --out monday.json",
      "  replctl apply monday.json"
    })
final class PlanVerb extends Verb {
  @Override
  int run() {
    throw new MissingParameterException(
        spec.commandLine(),
        List.of(),
        "plan what? init, switchover, switchback, failover, rejoin, add, remove, sync, open,"
            + " restart, parameter, stop or start");
  }
}
