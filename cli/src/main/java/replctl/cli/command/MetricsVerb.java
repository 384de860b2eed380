package replctl.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import replctl.cli.ExitCode;
import replctl.cli.Failure;
import replctl.cli.render.Format;
import replctl.cli.render.Look;
import replctl.cli.render.Metrics;
import replctl.cli.wiring.InventoryFinder;
import replctl.cli.wiring.Session;
import replctl.inventory.Cluster;
import replctl.inventory.Inventory;
import replctl.playbooks.real.keep.WholeFile;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.monitor.Aspect;
import replctl.playbooks.verb.monitor.Monitored;
import replctl.playbooks.verb.monitor.Sight;
import replctl.playbooks.verb.monitor.Thresholds;
import replctl.playbooks.verb.monitor.Wish;

/** {@code replctl metrics}. */
@Command(
    name = "metrics",
    description = {
      "Looks at every cluster once, one after the other, and prints what was seen as gauges, in"
          + " OpenMetrics text that Prometheus's older format reads too. What is not known is left"
          + " out. Exit 69 when no node of any cluster answers; the page is printed all the same.",
      "With --textfile it is written for node_exporter's textfile collector, which always finds the"
          + " file whole: its name ends in .prom."
    },
    footer = {
      "  replctl metrics",
      "  replctl metrics shop",
      "  replctl metrics --textfile /var/lib/prometheus/node-exporter/replctl.prom"
    })
final class MetricsVerb extends Verb {
  /** What one look tells. */
  private static final Set<Aspect> CHECKS =
      EnumSet.complementOf(EnumSet.of(Aspect.APPLY, Aspect.DRIFT));

  @Parameters(
      arity = "0..1",
      paramLabel = "CLUSTER",
      description = "this one only; else all of the inventory")
  Optional<String> operand = Optional.empty();

  @Option(
      names = "--textfile",
      paramLabel = "FILE",
      description = "writes it there, by renaming a whole file, and prints nothing")
  Optional<Path> textfile = Optional.empty();

  @Override
  int run() {
    Format format = root().format;
    if (format.data() || format == Format.NAME) {
      throw new ParameterException(
          spec.commandLine(),
          "metrics have a format of their own; as JSON: replctl status -o json");
    }
    Inventory inventory = inventory();
    List<Metrics.Seen> all = new ArrayList<>();
    boolean answered = false;
    for (Cluster cluster : clusters(inventory)) {
      try (Session session = root().backend.open(inventory, cluster, console().environment())) {
        Metrics.Seen seen = seen(session);
        answered |= seen.look().seen().nodes().stream().anyMatch(ClusterVerb::answers);
        all.add(seen);
      }
    }
    write(Metrics.text(all));
    return answered ? 0 : ExitCode.UNREACHABLE.code();
  }

  private List<Cluster> clusters(Inventory inventory) {
    Optional<String> named = operand.or(() -> Optional.ofNullable(root().cluster));
    return named.isEmpty()
        ? inventory.clusters()
        : List.of(InventoryFinder.cluster(inventory, named));
  }

  private Metrics.Seen seen(Session session) {
    long from = session.world().clock().nanos();
    Snapshot seen = session.look(root().timeout);
    Duration took = Duration.ofNanos(session.world().clock().nanos() - from);
    Sight sight = new Sight(session.cluster(), seen, session.engine().survey().levels());
    return new Metrics.Seen(
        Look.of(session.cluster(), seen, sight.levels(), session.engine().connecting()),
        Monitored.of(sight, new Wish(CHECKS, List.of(), Thresholds.NONE)),
        took);
  }

  private void write(String page) {
    if (textfile.isEmpty()) {
      console().out().print(page);
      return;
    }
    try {
      WholeFile.write(textfile.get(), page, WholeFile.FOR_ALL);
    } catch (IOException unwritable) {
      throw Failure.because(
          unwritable,
          ExitCode.ERROR,
          "metrics can't be written to " + textfile.get() + ": " + unwritable,
          "see that this user may write into its folder: ls -ld "
              + textfile.get().toAbsolutePath().getParent());
    }
  }
}
