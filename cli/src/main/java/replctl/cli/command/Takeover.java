package replctl.cli.command;

import picocli.CommandLine.Option;
import replctl.cli.wiring.Operator;
import replctl.playbooks.epoch.Silence;
import replctl.playbooks.run.Runner;

/** A verb that takes an operation from whoever ran it. */
abstract class Takeover extends OneOperation {
  @Option(
      names = "--take-over",
      description = {
        "also where another process was at work on it less than 60 s ago: from then on that"
            + " one can do nothing more"
      })
  boolean takeOver;

  /** Not waited for where its process is seen to be gone from this host. */
  Silence silence() {
    return takeOver ? Silence.NONE : new Silence(Runner.SILENT, Operator::isGone);
  }
}
