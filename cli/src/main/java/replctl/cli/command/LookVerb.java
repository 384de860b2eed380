package replctl.cli.command;

import java.time.Duration;
import picocli.CommandLine.Option;
import replctl.cli.ExitCode;
import replctl.cli.Failure;
import replctl.cli.render.Look;
import replctl.cli.render.LookPrinter;
import replctl.cli.wiring.Session;
import replctl.playbooks.snapshot.Snapshot;

/** A verb that looks at a cluster and changes nothing: once, or again and again. */
abstract class LookVerb extends ClusterVerb {
  @Option(
      names = {"-w", "--watch"},
      description = "looks again and again; in place on a terminal, line by line elsewhere")
  boolean watch;

  @Option(
      names = "--every",
      paramLabel = "TIME",
      defaultValue = "1s",
      description = "with --watch: how long from look to look; 1s")
  Duration every = Duration.ofSeconds(1);

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "with --watch: ends after that many looks")
  long count = Long.MAX_VALUE;

  /** What of a look is printed. */
  abstract LookPrinter printer(Look look);

  @Override
  final int run() {
    try (Session session = open()) {
      return watch ? watch(session) : once(session);
    }
  }

  private int once(Session session) {
    Snapshot seen = session.look(root().timeout);
    printer(Look.of(session.cluster(), seen)).to(page());
    if (seen.nodes().stream().noneMatch(n -> n.contact().answered())) {
      throw Failure.of(
          ExitCode.UNREACHABLE,
          "no node of " + session.cluster().name() + " answers",
          "replctl status " + session.cluster().name() + " --timeout 20s");
    }
    return 0;
  }

  private int watch(Session session) {
    for (long i = 1; ; i++) {
      long from = session.world().clock().nanos();
      Snapshot seen = session.look(root().timeout);
      LookPrinter printer = printer(Look.of(session.cluster(), seen));
      if (console().livelyOut() && !root().format.data()) {
        page().redraw(printer, i == 1);
      } else {
        page().append(printer);
      }
      if (!console().flush() || i >= count) {
        return seen.nodes().stream().anyMatch(n -> n.contact().answered())
            ? 0
            : ExitCode.UNREACHABLE.code();
      }
      try {
        long took = session.world().clock().nanos() - from;
        Thread.sleep(Math.max(0, every.toMillis() - took / 1_000_000));
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return ExitCode.INTERRUPTED.code();
      }
    }
  }
}
