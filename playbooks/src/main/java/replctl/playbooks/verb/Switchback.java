package replctl.playbooks.verb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.snapshot.Unready;

/**
 * The switchover to the node that led before the present leader: by the newest record, which names
 * whoever was closed for it, and which a majority of the hosts has. Pure.
 */
public final class Switchback {
  private final Engine engine;

  public Switchback(Engine engine) {
    this.engine = engine;
  }

  /** Who led before, or why that is not clear. */
  public sealed interface Before {
    /** This one, by the record of that epoch. */
    record Led(NodeName node, long epoch) implements Before {}

    /** It is not known, or more than one may have. */
    record Unclear(Refusal refusal) implements Before {}
  }

  /** Who led before. */
  public static Before before(Cluster cluster, Snapshot seen) {
    Optional<LeaderRecord> newest = seen.epochs().newest();
    if (newest.isEmpty()) {
      return new Before.Unclear(
          Refusal.of(
              Refusal.Code.E_EPOCH_02,
              "no host that answers has a record of who leads.",
              "replctl status " + cluster.name()));
    }
    LeaderRecord record = newest.get();
    String epoch = "the newest record, of epoch " + record.epoch() + ", ";
    boolean another = seen.leader().filter(l -> !l.name().equals(record.leader())).isPresent();
    if (another) {
      return unclear(
          cluster,
          epoch
              + "has the leader "
              + record.leader()
              + ", and "
              + seen.leader().orElseThrow().name()
              + " takes writes.");
    }
    List<NodeName> closed =
        record.closed().keySet().stream().filter(n -> !n.equals(record.leader())).toList();
    if (closed.isEmpty()) {
      return unclear(cluster, epoch + "names nobody who led before " + record.leader() + ".");
    }
    if (closed.size() > 1) {
      return unclear(
          cluster,
          closed.stream().map(NodeName::value).collect(Collectors.joining(" and "))
              + " were closed when "
              + record.leader()
              + " began to lead in epoch "
              + record.epoch()
              + ": it is not written down which of them led.");
    }
    NodeName former = closed.get(0);
    if (cluster.node(former).isEmpty()) {
      return unclear(cluster, former + " led before, and is no node of the inventory any more.");
    }
    return new Before.Led(former, record.epoch());
  }

  /** Decides, whoever led before. */
  public Decision decide(Cluster cluster, Snapshot seen, Unready unready, String op) {
    return decide(cluster, seen, unready, op, Optional.empty());
  }

  /**
   * Decides.
   *
   * @param unready what around the cluster could not do its part
   * @param op the name of the operation, should there be one
   * @param only who must have led before: another change of leader may have come between; empty:
   *     whoever did
   */
  public Decision decide(
      Cluster cluster, Snapshot seen, Unready unready, String op, Optional<NodeName> only) {
    Before before = before(cluster, seen);
    if (before instanceof Before.Unclear unclear) {
      return Decision.of(unclear.refusal());
    }
    Before.Led led = (Before.Led) before;
    if (only.filter(n -> !n.equals(led.node())).isPresent()) {
      return Decision.of(
          ((Before.Unclear)
                  unclear(
                      cluster,
                      "by the newest record, of epoch "
                          + led.epoch()
                          + ", "
                          + led.node()
                          + " led before, and not "
                          + only.get()
                          + ": the leader has changed once more meanwhile."))
              .refusal());
    }
    Decision decision =
        new Switchover(engine).decide(cluster, seen, unready, op, Optional.of(led.node()));
    return decision instanceof Decision.Planned planned
        ? Decision.of(named(planned.plan(), led))
        : decision;
  }

  private static Plan named(Plan plan, Before.Led led) {
    List<String> warnings = new ArrayList<>();
    warnings.add(led.node() + " led before, by the newest record, of epoch " + led.epoch());
    warnings.addAll(plan.warnings());
    return new Plan(
        plan.op(),
        "switchback",
        plan.cluster(),
        plan.basis(),
        plan.electorate(),
        plan.sequel(),
        warnings,
        plan.phases());
  }

  private static Before unclear(Cluster cluster, String found) {
    return new Before.Unclear(
        Refusal.of(
            Refusal.Code.E_STATE_01,
            found,
            "replctl candidates " + cluster.name(),
            "name it: replctl switchover " + cluster.name() + " --to NODE"));
  }
}
