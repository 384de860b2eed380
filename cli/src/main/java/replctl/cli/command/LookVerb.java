package replctl.cli.command;

import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;
import replctl.cli.ExitCode;
import replctl.cli.Extent;
import replctl.cli.render.Look;
import replctl.cli.render.LookPrinter;
import replctl.cli.render.Page;
import replctl.cli.render.Trail;
import replctl.cli.wiring.Foreground;
import replctl.cli.wiring.Session;
import replctl.playbooks.observe.LiveLook;
import replctl.playbooks.observe.ServerNote;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Clock;

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

  /** The size of what was not drawn. */
  private static final Extent.Size NOT_YET = new Extent.Size(-1, -1);

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
    Foreground.Hearing resizes = console().foreground().follow(console().screen().extent());
    try {
      return looks(session);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED.code();
    } finally {
      resizes.close();
    }
  }

  private int looks(Session session) throws InterruptedException {
    LiveLook live = session.live();
    boolean inPlace = console().livelyOut() && !root().format.data();
    int said = 0;
    Extent.Size drawn = NOT_YET;
    Trail trail = Trail.NONE;
    for (long i = 1; ; i++) {
      long next = session.world().clock().nanos() + every.toNanos();
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
      if (inPlace) {
        drawn = redraw(printer, notes, drawn);
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
      if (inPlace) {
        drawn = keepFitting(session.world().clock(), next, printer, notes, drawn);
      } else {
        Thread.sleep(Math.max(0, next - session.world().clock().nanos()) / 1_000_000);
      }
    }
  }

  /** Until the next look is due, this one is drawn again as often as the terminal is resized. */
  private Extent.Size keepFitting(
      Clock clock, long next, LookPrinter printer, List<String> notes, Extent.Size before)
      throws InterruptedException {
    Extent.Size drawn = before;
    while (console().screen().extent().becomesOther(drawn, next - clock.nanos())) {
      drawn = redraw(printer, notes, drawn);
      if (!console().flush()) {
        break;
      }
    }
    return drawn;
  }

  /** Draws it, and gives the size that it fits. */
  private Extent.Size redraw(LookPrinter printer, List<String> notes, Extent.Size before) {
    Page page = page();
    page.redraw(printer, notes, !page.size().equals(before));
    return page.size();
  }
}
