package replctl.cli.command;

import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;
import replctl.cli.wiring.Operator;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.journal.Recorded;
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

  /** How long it must have been silent: not at all where its process is seen to be gone. */
  Duration silence(Recorded recorded) {
    Optional<Entry.Begun> last =
        recorded.entries().stream()
            .filter(Entry.Begun.class::isInstance)
            .map(Entry.Begun.class::cast)
            .reduce((before, after) -> after);
    return takeOver || last.filter(b -> Operator.isGone(b.owner())).isPresent()
        ? Duration.ZERO
        : Runner.SILENT;
  }
}
