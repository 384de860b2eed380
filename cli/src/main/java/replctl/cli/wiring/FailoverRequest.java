package replctl.cli.wiring;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import replctl.inventory.NodeName;
import replctl.inventory.Witness;
import replctl.playbooks.observe.Observer;
import replctl.playbooks.observe.RedirectLook;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.run.Continuation;
import replctl.playbooks.snapshot.Lowered;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Decision;
import replctl.playbooks.verb.Failover;
import replctl.playbooks.world.Facts;

/**
 * The leader is lost, and another one is wanted.
 *
 * @param to as typed; empty: priority decides
 * @param broken why a leader that answers is given up
 * @param confirmFenced nodes as typed: they were seen to be off
 * @param acceptLoss bytes; {@link Long#MAX_VALUE}: any; empty: the inventory's limit
 * @param acks at most how many a write may wait for on the new leader
 */
public record FailoverRequest(
    Optional<String> to,
    Optional<String> broken,
    List<String> confirmFenced,
    OptionalLong acceptLoss,
    OptionalInt acks)
    implements Request {
  /** What only leads clients is not waited for longer: the leader is lost. */
  private static final Duration AROUND = Duration.ofSeconds(2);

  @Override
  public Asked ask(Session session, Duration perNode) {
    Map<NodeName, String> confirmed = new TreeMap<>();
    for (String name : confirmFenced) {
      confirmed.put(InventoryFinder.node(session.cluster(), name), Operator.words());
    }
    Snapshot seen = session.urgentLook(perNode);
    return Asked.of(
        new Failover(session.engine())
            .secure(
                session.cluster(),
                seen,
                RedirectLook.look(session.world(), session.cluster(), seen, AROUND),
                session.world().ids().operation(),
                new Failover.Options(
                    to.map(name -> InventoryFinder.node(session.cluster(), name)),
                    broken,
                    confirmed,
                    acceptLoss,
                    acks.isPresent()
                        ? Optional.of(new Lowered(acks.getAsInt(), Operator.words()))
                        : Optional.empty())));
  }

  /**
   * Who leads, now that the old leader is closed and nothing moves.
   *
   * @param perNode how long each of those that are asked may take to say what it has
   */
  static Continuation.Next next(
      Session session, Duration perNode, Plan plan, Map<String, Facts> found) {
    List<NodeName> asked =
        Stream.concat(
                new Failover(session.engine()).asked(plan, found).stream(),
                session.cluster().witnesses().stream().map(Witness::name))
            .toList();
    Snapshot frozen =
        Observer.look(session.world(), session.engine(), session.cluster(), asked, perNode);
    Decision decision =
        new Failover(session.engine()).promote(session.cluster(), frozen, plan, found);
    return decision instanceof Decision.Planned planned
        ? new Continuation.Next.On(planned.plan())
        : new Continuation.Next.Stop(((Decision.Refused) decision).refusal());
  }
}
