package replctl.cli.command;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import replctl.cli.render.CheckPrinter;
import replctl.cli.wiring.MonitorLook;
import replctl.cli.wiring.Session;
import replctl.inventory.Cluster;
import replctl.playbooks.verb.monitor.Aspect;
import replctl.playbooks.verb.monitor.Gauge;
import replctl.playbooks.verb.monitor.Monitored;
import replctl.playbooks.verb.monitor.Range;
import replctl.playbooks.verb.monitor.Sight;
import replctl.playbooks.verb.monitor.State;
import replctl.playbooks.verb.monitor.Thresholds;
import replctl.playbooks.verb.monitor.Wish;

/** {@code replctl check}. */
@Command(
    name = CheckVerb.NAME,
    description = {
      "A plugin for Nagios, Icinga and their like: a line with performance data, a line for each"
          + " thing that was checked, and exit 0 OK, 1 WARNING, 2 CRITICAL or 3 UNKNOWN, whatever"
          + " happens. It never writes. What is not known is UNKNOWN and never OK.",
      "Checks are role, lag, apply, sync, epoch, fence, drift, disk and ready; without --check all"
          + " of them, and of named nodes all but sync and ready, which are the cluster's. Limits"
          + " are the inventory's; --warning and --critical set others, in the ranges of monitoring"
          + " plugins, for lag, lag-bytes, disk, drill-age and certificate (what is left of it).",
      "A follower that has something to apply is looked at once more after --interval: whether it"
          + " applies can't be seen at once."
    },
    footer = {
      "  replctl check shop",
      "  replctl check --check lag --critical lag=5m --critical lag-bytes=1GiB",
      "  replctl check shop/pg2 shop/pg3 --check disk,drift",
      "  replctl check --warning certificate=14d:"
    })
final class CheckVerb extends Verb {
  static final String NAME = "check";

  @Parameters(
      arity = "0..*",
      paramLabel = "NODE",
      description = "nodes, as NODE or CLUSTER/NODE; or the cluster, which is all of them")
  List<String> operands = List.of();

  @Option(
      names = {"--check", "--only"},
      paramLabel = "CHECK",
      split = ",",
      description = "only this one; may be given again, or several with commas")
  List<String> checks = List.of();

  @Option(
      names = "--warning",
      paramLabel = "NAME=RANGE",
      description = "a warning when the value is out of that range: lag=60, disk=~:85, lag=1m")
  List<String> warning = List.of();

  @Option(
      names = "--critical",
      paramLabel = "NAME=RANGE",
      description = "critical when the value is out of that range")
  List<String> critical = List.of();

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      defaultValue = "2s",
      description = "how long between the two looks at what followers apply; 2s")
  Duration interval = Duration.ofSeconds(2);

  @Mixin Changes changes = new Changes();

  @Override
  int run() {
    Set<Aspect> aspects = aspects();
    Thresholds thresholds =
        new Thresholds(ranges("--warning", warning), ranges("--critical", critical));
    NamedNodes named = NamedNodes.of(this, operands);
    Cluster cluster = named.cluster();
    Wish wish = new Wish(aspects, named.nodes(), thresholds);
    try (Session session =
        root().backend.open(named.inventory(), cluster, console().environment())) {
      Sight sight = MonitorLook.of(session, wish, root().timeout, interval);
      Monitored told = Monitored.of(sight, wish);
      CheckPrinter printer = new CheckPrinter(sight, told);
      boolean well = told.state() == State.OK;
      changes.print(
          session.world().store(),
          cluster.name(),
          List.of(
              "check", wish.aspects().toString(), wish.nodes().toString(), warning + "" + critical),
          printer.marks(),
          () -> {
            if (!isQuiet(well)) {
              printer.to(page());
            }
          });
      return told.state().code();
    }
  }

  private Set<Aspect> aspects() {
    Set<Aspect> all = EnumSet.noneOf(Aspect.class);
    for (String word : checks) {
      all.add(
          Aspect.of(word)
              .orElseThrow(
                  () ->
                      new ParameterException(
                          spec.commandLine(),
                          "--check: expected one of "
                              + words(Aspect.values())
                              + ", found "
                              + word)));
    }
    return all;
  }

  private static String words(Aspect... all) {
    return String.join(", ", List.of(all).stream().map(Aspect::word).toList());
  }

  private Map<Gauge, Range> ranges(String option, List<String> typed) {
    Map<Gauge, Range> ranges = new EnumMap<>(Gauge.class);
    for (String text : typed) {
      int equals = text.indexOf('=');
      Optional<Gauge> gauge = equals < 0 ? Optional.empty() : Gauge.of(text.substring(0, equals));
      Range range =
          gauge
              .flatMap(g -> g.range(text.substring(equals + 1)))
              .orElseThrow(
                  () ->
                      new ParameterException(
                          spec.commandLine(),
                          option
                              + ": expected a value's name and a range, such as lag=30, lag=~:5m,"
                              + " lag-bytes=100MiB, disk=90, drill-age=30d or certificate=14d:,"
                              + " found "
                              + text));
      ranges.put(gauge.orElseThrow(), range);
    }
    return ranges;
  }
}
