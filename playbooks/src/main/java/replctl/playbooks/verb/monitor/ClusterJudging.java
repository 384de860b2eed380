package replctl.playbooks.verb.monitor;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;
import replctl.playbooks.decide.Durability;
import replctl.playbooks.decide.Health;
import replctl.playbooks.decide.Loss;
import replctl.playbooks.decide.Readiness;
import replctl.playbooks.decide.candidate.Candidate;
import replctl.playbooks.decide.candidate.Candidates;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.snapshot.EpochFile;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;

/**
 * Aspects that are of a cluster as a whole. Pure.
 *
 * @param health what status finds
 */
record ClusterJudging(Sight sight, Wish wish, Health health) {
  Verdict role() {
    List<NodeView> asked = Nodes.asked(sight, wish);
    List<Verdict.Problem> problems = found(Aspect.ROLE);
    List<Measure> measures = new ArrayList<>();
    if (wish.nodes().isEmpty()) {
      measures.add(
          Measure.count("writable", seen().writable().size())
              .within(Optional.empty(), Optional.of(exactly(1))));
    }
    long answering = asked.stream().filter(n -> n.contact().answered()).count();
    measures.add(
        new Measure(
            "answering",
            Gauge.Unit.COUNT,
            Optional.of(BigDecimal.valueOf(answering)),
            Optional.of(Range.from(asked.size())),
            Optional.empty(),
            Optional.of(BigDecimal.ZERO),
            Optional.of(BigDecimal.valueOf(asked.size()))));
    String leads = seen().leader().map(l -> l.name() + " leads").orElse("no leader is seen");
    return new Verdict(
        Aspect.ROLE,
        problems,
        leads + ", " + answering + " of " + asked.size() + " answer",
        notes(Aspect.ROLE),
        measures);
  }

  private static Range exactly(long count) {
    Optional<BigDecimal> end = Optional.of(BigDecimal.valueOf(count));
    return new Range(end, end, false);
  }

  Verdict sync() {
    List<Verdict.Problem> problems = found(Aspect.SYNC);
    List<Measure> measures = new ArrayList<>();
    Optional<Acks> acks = seen().leader().flatMap(NodeView::server).flatMap(Server::acks);
    if (acks.isPresent()) {
      measures.add(Measure.count("acks_needed", acks.get().needed()));
      measures.add(Measure.count("acks_present", acks.get().present().size()));
    } else if (problems.isEmpty()
        && !(sight.cluster().nodes().size() == 1
            && sight.cluster().replication().mode() == Replication.Mode.ASYNC)) {
      problems.add(Nodes.unknown(Durability.words(seen())));
    }
    return new Verdict(
        Aspect.SYNC, problems, Durability.words(seen()), notes(Aspect.SYNC), measures);
  }

  Verdict epoch() {
    List<Verdict.Problem> problems = found(Aspect.EPOCH);
    Optional<LeaderRecord> newest = seen().epochs().newest();
    Optional<BigDecimal> number = newest.map(r -> BigDecimal.valueOf(r.epoch()));
    if (wish.nodes().isEmpty()) {
      boolean silent =
          seen().epochs().files().values().stream().anyMatch(EpochFile.Silent.class::isInstance);
      if (newest.isEmpty() && silent && problems.isEmpty()) {
        problems.add(Nodes.unknown("no host that answers knows of an epoch"));
      }
    } else {
      Nodes.asked(sight, wish).forEach(node -> epoch(node, newest, problems));
    }
    Measure measure =
        new Measure(
            "epoch",
            Gauge.Unit.COUNT,
            number,
            Optional.empty(),
            Optional.empty(),
            Optional.of(BigDecimal.ZERO),
            Optional.empty());
    String well =
        newest
            .map(r -> "epoch " + r.epoch() + ", " + r.leader() + " by the record")
            .orElse("no epoch yet");
    return new Verdict(Aspect.EPOCH, problems, well, notes(Aspect.EPOCH), List.of(measure));
  }

  /** What one host knows: of the cluster's other hosts nothing is to be said. */
  private void epoch(NodeView node, Optional<LeaderRecord> newest, List<Verdict.Problem> problems) {
    EpochFile file = seen().epochs().of(node.name());
    Optional<NodeName> of = Optional.of(node.name());
    if (file instanceof EpochFile.Silent) {
      problems.add(Nodes.unknown(node, "what it has promised is not known"));
    } else if (file instanceof EpochFile.Unreadable unreadable) {
      problems.add(
          new Verdict.Problem(
              State.WARNING, of, "its epoch file can't be relied on: " + unreadable.why()));
    } else if (file instanceof EpochFile.None && newest.isPresent()) {
      problems.add(
          new Verdict.Problem(State.WARNING, of, "it has no vote: its epoch file is gone"));
    }
  }

  Verdict ready() {
    List<Verdict.Problem> problems = found(Aspect.READY);
    Readiness ready = Readiness.of(sight.cluster(), seen());
    List<Measure> measures = new ArrayList<>();
    if (seen().leader().isEmpty()) {
      problems.add(Nodes.unknown(ready.words()));
    } else if (sight.cluster().nodes().size() > 1) {
      List<Candidate> all = Candidates.of(sight.cluster(), seen()).ranked();
      measures.add(
          Measure.count("candidates", all.stream().filter(Candidate::eligible).count())
              .within(Optional.of(Range.from(1)), Optional.empty()));
      if (ready.next().isEmpty()) {
        boolean unclear = all.stream().anyMatch(Candidate::unclear);
        problems.add(
            new Verdict.Problem(
                unclear ? State.UNKNOWN : State.WARNING, Optional.empty(), ready.words()));
      } else if (ready.loss().filter(l -> l.kind() == Loss.Kind.UNKNOWN).isPresent()) {
        problems.add(Nodes.unknown(ready.words()));
      }
      ready
          .loss()
          .filter(l -> l.bytes().isPresent())
          .ifPresent(
              l ->
                  measures.add(
                      new Measure(
                          "loss_with_leader",
                          Gauge.Unit.BYTES,
                          Optional.of(BigDecimal.valueOf(l.bytes().getAsLong())),
                          Optional.empty(),
                          Optional.empty(),
                          Optional.of(BigDecimal.ZERO),
                          Optional.empty())));
    }
    return new Verdict(Aspect.READY, problems, ready.words(), notes(Aspect.READY), measures);
  }

  private Snapshot seen() {
    return sight.seen();
  }

  private List<Verdict.Problem> found(Aspect aspect) {
    return Nodes.problems(aspect, health, sight, wish);
  }

  private List<String> notes(Aspect aspect) {
    return Nodes.notes(aspect, health, sight, wish);
  }
}
