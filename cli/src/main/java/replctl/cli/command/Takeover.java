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
        "also where another host's process was at work on it less than 60 s ago: from then on that"
            + " one can do nothing more"
      })
  boolean takeOver;

  /**
   * How long it must have been silent. A process of this host is gone, or it would hold the lock.
   */
  Duration silence(Recorded recorded) {
    Optional<Entry.Begun> last =
        recorded.entries().stream()
            .filter(Entry.Begun.class::isInstance)
            .map(Entry.Begun.class::cast)
            .reduce((before, after) -> after);
    return takeOver || last.filter(b -> Operator.isHere(b.owner())).isPresent()
        ? Duration.ZERO
        : Runner.SILENT;
  }
}
