package replctl.playbooks.verb;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.snapshot.Lag;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.snapshot.Unready;

/**
 * How long no write would be taken in a switchover now: what past ones of this cluster took, and
 * what the candidate has not applied yet. What is not known is left empty. Pure.
 *
 * @param pause what is to be expected; empty: no past switchover tells
 * @param backlog how old the oldest change is that the candidate has not applied; empty: not known
 * @param backlogBytes the same, in bytes
 * @param giveUp when it would be taken back, should the candidate not apply all of it
 * @param past the newest ones, the newest first
 * @param warnings what the operator should know before a switchover
 */
public record Rehearsal(
    NodeName from,
    NodeName to,
    Optional<Pause> pause,
    Optional<Duration> backlog,
    OptionalLong backlogBytes,
    Duration giveUp,
    List<PastSwitchover> past,
    List<String> warnings) {
  /** More of them tell of a machine and a load that are no more. */
  public static final int MOST = 10;

  public Rehearsal {
    past = List.copyOf(past);
    warnings = List.copyOf(warnings);
  }

  /** How long no write is taken: the least, the likely, and the most that past ones tell. */
  public record Pause(Duration least, Duration likely, Duration most) {}

  /** What comes of it. */
  public sealed interface Course {
    /** It could be done now. */
    record Foreseen(Rehearsal rehearsal) implements Course {}

    /** A switchover would be refused. */
    record Refused(Refusal refusal) implements Course {}
  }

  /**
   * Foresees.
   *
   * @param unready what around the cluster could not do its part
   * @param to who is to lead; empty: the best candidate
   * @param past switchovers of this cluster, the newest first
   */
  public static Course of(
      Engine engine,
      Cluster cluster,
      Snapshot seen,
      Unready unready,
      Optional<NodeName> to,
      List<PastSwitchover> past) {
    Decision decision = new Switchover(engine).decide(cluster, seen, unready, "rehearsal", to);
    if (decision instanceof Decision.Refused no) {
      return new Course.Refused(no.refusal());
    }
    Plan plan = ((Decision.Planned) decision).plan();
    return plan.steps()
        .filter(s -> s.action() instanceof Action.Handover)
        .map(s -> (Action.Handover) s.action())
        .findFirst()
        .<Course>map(h -> new Course.Foreseen(foreseen(seen, plan, h, past)))
        .orElseGet(() -> new Course.Refused(leadsAlready(cluster, seen)));
  }

  private static Refusal leadsAlready(Cluster cluster, Snapshot seen) {
    return Refusal.of(
        Refusal.Code.E_STATE_01,
        seen.leader().map(l -> l.name().value()).orElse("it") + " leads already.",
        "replctl candidates " + cluster.name());
  }

  private static Rehearsal foreseen(
      Snapshot seen, Plan plan, Action.Handover handover, List<PastSwitchover> past) {
    Lag lag = seen.node(handover.to()).server().map(Server::lag).orElse(Lag.UNKNOWN);
    List<PastSwitchover> newest = past.stream().limit(MOST).toList();
    return new Rehearsal(
        handover.from(),
        handover.to(),
        pause(newest, lag.time().orElse(Duration.ZERO)),
        lag.time(),
        lag.bytes(),
        handover.freezeLimit().plus(handover.catchUpLimit()),
        newest,
        plan.warnings());
  }

  /** All of the backlog is applied meanwhile, at the pace at which it was made, or faster. */
  private static Optional<Pause> pause(List<PastSwitchover> past, Duration backlog) {
    if (past.isEmpty()) {
      return Optional.empty();
    }
    List<Duration> sorted =
        new ArrayList<>(past.stream().map(PastSwitchover::stoodStill).sorted().toList());
    return Optional.of(
        new Pause(
            sorted.get(0),
            sorted.get((sorted.size() - 1) / 2).plus(backlog),
            sorted.get(sorted.size() - 1).plus(backlog)));
  }
}
