package replctl.playbooks.verb.monitor;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import replctl.inventory.Fencing;
import replctl.inventory.Limits;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.inventory.Size;
import replctl.playbooks.decide.Debts;
import replctl.playbooks.decide.Health;
import replctl.playbooks.decide.HostRules;
import replctl.playbooks.engine.Drift;
import replctl.playbooks.fence.Drills;
import replctl.playbooks.snapshot.Disk;
import replctl.playbooks.snapshot.EpochFile;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.HostFact;
import replctl.playbooks.snapshot.Lag;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.verb.Closing;
import replctl.playbooks.verb.doctor.FencingChecks;

/**
 * Aspects that are of each node. Pure.
 *
 * @param health what status finds
 */
record NodeJudging(Sight sight, Wish wish, Health health) {
  /** Names that are said of what differs; of more than these only the number. */
  private static final int NAMED = 3;

  Verdict lag() {
    List<Verdict.Problem> problems = found(Aspect.LAG);
    List<Measure> measures = new ArrayList<>();
    List<String> each = new ArrayList<>();
    Limits limits = sight.cluster().limits();
    for (NodeView node : Nodes.following(sight, wish)) {
      Optional<Node> declared = sight.cluster().node(node.name());
      Optional<Duration> delay = declared.flatMap(Node::delay);
      Lag lag = node.server().map(Server::lag).orElse(Lag.UNKNOWN);
      // What a delay holds back is wanted there: only what has not arrived counts.
      OptionalLong bytes = delay.isPresent() ? lag.received() : lag.bytes();
      Gauged time =
          new Gauged(
              Gauge.LAG,
              node,
              "lag",
              lag.time().map(t -> BigDecimal.valueOf(t.toMillis(), 3)),
              Optional.of(Range.upTo(limits.lag().plus(delay.orElse(Duration.ZERO)).toSeconds())),
              Optional.empty());
      Gauged behind =
          new Gauged(
              Gauge.LAG_BYTES,
              node,
              "lag_bytes",
              number(bytes),
              Optional.of(Range.upTo(limits.lagBytes().bytes())),
              Optional.empty());
      for (Gauged gauged : List.of(time, behind)) {
        measures.add(gauged.measure(wish.thresholds()));
        problems.addAll(gauged.problems(wish.thresholds()));
      }
      boolean said = problems.stream().anyMatch(p -> p.node().equals(Optional.of(node.name())));
      boolean runs = node.presence() == Presence.RUNNING;
      if (!said && (!runs || (lag.bytes().isEmpty() && lag.time().isEmpty()))) {
        problems.add(Nodes.unknown(node, "how far behind it is is not known"));
      }
      each.add(node.name() + " " + words(lag));
    }
    String well = each.isEmpty() ? "no follower" : String.join(", ", each) + " behind";
    return new Verdict(Aspect.LAG, problems, well, notes(Aspect.LAG), measures);
  }

  private static String words(Lag lag) {
    return lag.time()
        .map(t -> BigDecimal.valueOf(t.toMillis(), 3).setScale(1, RoundingMode.HALF_UP) + " s")
        .or(() -> number(lag.bytes()).map(b -> new Size(b.longValue()).toString()))
        .orElse("not known how far");
  }

  Verdict disk() {
    List<Verdict.Problem> problems = found(Aspect.DISK);
    List<Measure> measures = new ArrayList<>();
    long fullest = 0;
    for (NodeView node : Nodes.asked(sight, wish)) {
      List<Disk> disks = Disk.of(Nodes.facts(node));
      if (disks.isEmpty()) {
        problems.add(Nodes.unknown(node, "how full its disks are is not known"));
      }
      for (Disk disk : disks) {
        fullest = Math.max(fullest, disk.percent());
        Gauged full =
            new Gauged(
                Gauge.DISK,
                node,
                "disk " + disk.mount(),
                Optional.of(BigDecimal.valueOf(disk.percent())),
                Optional.of(Range.upTo(sight.cluster().limits().diskPercent())),
                Optional.of(Range.upTo(HostRules.NEARLY_FULL)));
        measures.add(full.measure(wish.thresholds()));
        problems.addAll(full.problems(wish.thresholds()));
      }
    }
    return new Verdict(
        Aspect.DISK, problems, "at most " + fullest + " % full", notes(Aspect.DISK), measures);
  }

  Verdict drift() {
    List<Verdict.Problem> problems = found(Aspect.DRIFT);
    List<Measure> measures = new ArrayList<>();
    for (NodeView node : Nodes.asked(sight, wish)) {
      Optional<Instant> end = HostFact.certificateEnd(Nodes.facts(node));
      if (end.isPresent()) {
        Gauged left =
            new Gauged(
                Gauge.CERTIFICATE,
                node,
                "certificate",
                Optional.of(
                    BigDecimal.valueOf(Duration.between(sight.seen().at(), end.get()).toSeconds())),
                Optional.of(Range.from(Duration.ofDays(HostRules.DAYS).toSeconds())),
                Optional.of(Range.from(Duration.ofDays(HostRules.FEW_DAYS).toSeconds())));
        measures.add(left.measure(wish.thresholds()));
        problems.addAll(left.problems(wish.thresholds()));
      }
      if (!node.contact().answered()) {
        problems.add(Nodes.unknown(node, "how it is set up is not known"));
      } else if (node.presence() != Presence.ABSENT) {
        sight.drift().ifPresent(drift -> differs(node, drift, problems));
      }
    }
    String well =
        sight.drift().isPresent() ? "all is set as the inventory asks" : "nothing found by a look";
    return new Verdict(Aspect.DRIFT, problems, well, notes(Aspect.DRIFT), measures);
  }

  private static void differs(
      NodeView node, Map<NodeName, List<Drift>> drift, List<Verdict.Problem> problems) {
    if (!drift.containsKey(node.name())) {
      problems.add(Nodes.unknown(node, "whether it is set as the inventory asks is not known"));
      return;
    }
    List<Drift> found = drift.get(node.name());
    if (!found.isEmpty()) {
      String names = found.stream().limit(NAMED).map(Drift::what).collect(Collectors.joining(", "));
      problems.add(
          new Verdict.Problem(
              State.WARNING,
              Optional.of(node.name()),
              "not as the inventory asks: "
                  + names
                  + (found.size() > NAMED ? " and " + (found.size() - NAMED) + " more" : "")
                  + " (replctl init --dry-run)"));
    }
  }

  Verdict fence() {
    List<Verdict.Problem> problems = new ArrayList<>();
    // Debts are told of the node that owes.
    found(Aspect.FENCE).stream().filter(p -> p.node().isPresent()).forEach(problems::add);
    List<String> notes = new ArrayList<>(notes(Aspect.FENCE));
    List<Measure> measures = new ArrayList<>();
    List<NodeName> debts = Debts.of(sight.seen()).stream().filter(wish::has).toList();
    for (NodeName node : debts) {
      problems.add(
          new Verdict.Problem(
              State.WARNING,
              Optional.of(node),
              "owes its start block and its closed configuration; next: "
                  + Debts.next(sight.cluster(), sight.seen(), node)));
    }
    if (debtsAreKnown()) {
      measures.add(
          Measure.count("debts", debts.size())
              .within(Optional.of(Range.upTo(0)), Optional.empty()));
    } else {
      problems.add(Nodes.unknown("what is owed is not known: no host that answers has a record"));
    }
    Drills drills = Closing.drills(sight.seen());
    boolean heard = sight.seen().nodes().stream().anyMatch(n -> n.contact().answered());
    int drilled = 0;
    for (NodeView view : Nodes.asked(sight, wish)) {
      Node node = sight.cluster().node(view.name()).orElseThrow();
      Drills.Standing standing = drills.of(node, sight.seen().at());
      drilled += standing == Drills.Standing.PASSED ? 1 : 0;
      if (standing != Drills.Standing.NONE) {
        Gauged age = drillAge(view, node, drills);
        measures.add(age.measure(wish.thresholds()));
        problems.addAll(age.problems(wish.thresholds()));
      }
      if (standing == Drills.Standing.NEVER && !heard) {
        problems.add(Nodes.unknown(view, "whether its fence device was drilled is not known"));
        continue;
      }
      for (Finding finding : FencingChecks.of(sight.cluster(), node, sight.seen())) {
        if (!wish.thresholds().replaces(finding.code())) {
          judged(view.name(), finding)
              .ifPresentOrElse(problems::add, () -> notes.add(view.name() + ": " + finding.text()));
        }
      }
    }
    return new Verdict(
        Aspect.FENCE, problems, "nothing is owed; " + drilled + " drilled", notes, measures);
  }

  /** They stand in the record; where all hosts say that they have none, nothing is owed. */
  private boolean debtsAreKnown() {
    return sight.seen().epochs().newest().isPresent()
        || sight.seen().epochs().files().values().stream()
            .noneMatch(EpochFile.Silent.class::isInstance);
  }

  /**
   * As doctor says it, but for two: a drill that is too long ago counts as none, and no device is
   * needed where the inventory accepts what a host itself proves.
   */
  private Optional<Verdict.Problem> judged(NodeName node, Finding finding) {
    State state =
        switch (finding.code()) {
          case "fence-drill-old" -> State.WARNING;
          case "fence-none" ->
              sight.cluster().fencing().accept().contains(Fencing.Strength.STOPPED)
                  ? State.OK
                  : State.WARNING;
          default -> State.of(finding.level());
        };
    return state == State.OK
        ? Optional.empty()
        : Optional.of(new Verdict.Problem(state, Optional.of(node), finding.text()));
  }

  private Gauged drillAge(NodeView view, Node node, Drills drills) {
    boolean known = drills.last().containsKey(node.name());
    return new Gauged(
        Gauge.DRILL_AGE,
        view,
        "drill_age",
        known
            ? Optional.of(BigDecimal.valueOf(drills.age(node, sight.seen().at()).toSeconds()))
            : Optional.empty(),
        Optional.of(Range.upTo(Drills.GOOD_FOR.toSeconds())),
        Optional.empty());
  }

  private List<Verdict.Problem> found(Aspect aspect) {
    return Nodes.problems(aspect, health, sight, wish);
  }

  private List<String> notes(Aspect aspect) {
    return Nodes.notes(aspect, health, sight, wish);
  }

  private static Optional<BigDecimal> number(OptionalLong number) {
    return number.isPresent()
        ? Optional.of(BigDecimal.valueOf(number.getAsLong()))
        : Optional.empty();
  }
}
