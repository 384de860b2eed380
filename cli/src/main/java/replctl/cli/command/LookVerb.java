package replctl.cli.command;

import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;
import replctl.cli.ExitCode;
import replctl.cli.render.Look;
import replctl.cli.render.LookPrinter;
import replctl.cli.render.Trail;
import replctl.cli.wiring.Session;
import replctl.playbooks.observe.LiveLook;
import replctl.playbooks.observe.ServerNote;
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
  abstract LookPrinter printer(Look look, Trail trail);

  /** Prints it, or leaves it. */
  void print(Session session, Look look, Runnable print) {
    print.run();
  }

  @Override
  final int run() {
    requireSense();
    try (Session session = open()) {
      return watch ? watch(session) : once(session);
    }
  }

  /** Refuses options that do not go together. */
  void requireSense() {}

  private static String words(ServerNote note) {
    return note.text() + "\nNext: " + note.cure();
  }

  private int once(Session session) {
    Snapshot seen = session.look(root().timeout);
    Look look =
        Look.of(
            session.cluster(),
            seen,
            session.engine().survey().levels(),
            session.engine().connecting());
    print(
        session,
        look,
        () -> {
          if (!isQuiet(look.isWell())) {
            printer(look, Trail.NONE).to(page());
          }
        });
    requireAnswer(session, seen);
    return 0;
  }

  private int watch(Session session) {
    LiveLook live = session.live();
    int said = 0;
    Trail trail = Trail.NONE;
    for (long i = 1; ; i++) {
      long from = session.world().clock().nanos();
      Snapshot seen = live.look(root().timeout);
      trail = trail.with(seen);
      LookPrinter printer =
          printer(
              Look.of(
                  session.cluster(),
                  seen,
                  session.engine().survey().levels(),
                  session.engine().connecting()),
              trail);
      List<String> notes = live.notes().stream().map(LookVerb::words).toList();
      if (console().livelyOut() && !root().format.data()) {
        page().redraw(printer, notes, i == 1);
      } else {
        page().append(printer);
        notes.stream().skip(said).forEach(note -> console().err().println("replctl: " + note));
        said = notes.size();
      }
      if (!console().flush() || i >= count) {
        return seen.nodes().stream().anyMatch(ClusterVerb::answers)
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
