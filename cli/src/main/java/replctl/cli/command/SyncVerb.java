package replctl.cli.command;

import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import replctl.cli.render.SyncPrinter;
import replctl.cli.wiring.Request;
import replctl.cli.wiring.Session;
import replctl.cli.wiring.SyncRequest;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Guarantee;

/** {@code replctl sync}. */
@Command(
    name = "sync",
    description = {
      "Shows what an acknowledged write means: what the leader's server waits for, what the"
          + " inventory asks, what is written down, and where these differ. With --apply the"
          + " servers and what is written down are brought to what the inventory asks; with --acks"
          + " less is waited for until that is taken back by --apply, whoever leads."
    },
    footer = {"  replctl sync", "  replctl sync --apply", "  replctl sync --acks 1 --yes"})
final class SyncVerb extends ChangeVerb {
  @Option(
      names = "--apply",
      description = "bring it to what the inventory asks, also what was lowered before")
  boolean apply;

  @Option(
      names = "--acks",
      paramLabel = "K",
      description = "until --apply a write waits for no more than so many, 0 for nobody")
  OptionalInt acks = OptionalInt.empty();

  @Option(
      names = "--let-writes-wait",
      description = "also where fewer receive than are asked for, so that writes wait at once")
  boolean letWritesWait;

  @Override
  Request request() {
    return new SyncRequest(acks, letWritesWait);
  }

  @Override
  int run() {
    if (acks.isPresent() && (apply || acks.getAsInt() < 0)) {
      throw new ParameterException(
          spec.commandLine(), "--acks: a number from 0, and not together with --apply");
    }
    boolean planned = spec.parent() != null && spec.parent().userObject() instanceof PlanVerb;
    if (apply || acks.isPresent() || planned || how.out.isPresent()) {
      return super.run();
    }
    try (Session session = open()) {
      Snapshot seen = session.look(root().timeout);
      Guarantee found = Guarantee.of(session.engine(), session.cluster(), seen);
      boolean well = found.now().isPresent() && found.drift().isEmpty();
      return isQuiet(well) ? 0 : new SyncPrinter(session.cluster(), seen, found).to(page());
    }
  }
}
