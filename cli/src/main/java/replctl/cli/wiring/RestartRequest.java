package replctl.cli.wiring;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import replctl.inventory.NodeName;
import replctl.playbooks.observe.ClearLook;
import replctl.playbooks.observe.RedirectLook;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.run.Continuation;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.snapshot.Unready;
import replctl.playbooks.verb.Decision;
import replctl.playbooks.verb.Restart;
import replctl.playbooks.verb.RestartOptions;
import replctl.playbooks.verb.Switchover;

/**
 * Servers are to be restarted.
 *
 * @param node the only one; empty: all, one at a time
 * @param without of all, those that are not touched, as typed
 * @param leader what becomes of the leader
 * @param to who leads then, as typed; empty: the best candidate
 * @param back whether the present leader is to lead again when all are restarted
 */
public record RestartRequest(
    Optional<NodeName> node,
    List<String> without,
    RestartOptions.OfLeader leader,
    Optional<String> to,
    boolean back)
    implements Request {
  @Override
  public Asked ask(Session session, Duration perNode) {
    RestartOptions options =
        new RestartOptions(
            node,
            without.stream().map(n -> InventoryFinder.node(session.cluster(), n)).toList(),
            leader,
            to.map(name -> InventoryFinder.node(session.cluster(), name)),
            back);
    boolean handsOver = node.isEmpty() && leader == RestartOptions.OfLeader.SWITCHOVER;
    Snapshot seen =
        ClearLook.look(
            () -> session.look(perNode),
            s -> handsOver && Switchover.unclear(session.cluster(), s, options.to()));
    return Asked.of(
        new Restart(session.engine())
            .decide(
                session.cluster(),
                seen,
                handsOver
                    ? RedirectLook.look(session.world(), session.cluster(), seen, perNode)
                    : Unready.NOTHING,
                session.world().ids().operation(),
                options));
  }

  /** That it leads again, whoever led before, is decided on a fresh look. */
  @Override
  public Optional<Request> after(Plan done) {
    return back
        ? Restart.ledBefore(done).map(former -> new SwitchbackRequest(Optional.of(former)))
        : Optional.empty();
  }

  /** The leader hands over, now that its followers were restarted. */
  static Continuation.Next next(Session session, Duration perNode, Plan plan) {
    Snapshot seen =
        ClearLook.look(
            () -> session.look(perNode),
            s -> Switchover.unclear(session.cluster(), s, Restart.to(plan)));
    Decision decision =
        new Restart(session.engine())
            .handOver(
                session.cluster(),
                seen,
                RedirectLook.look(session.world(), session.cluster(), seen, perNode),
                plan);
    return decision instanceof Decision.Planned planned
        ? new Continuation.Next.On(planned.plan())
        : new Continuation.Next.Stop(((Decision.Refused) decision).refusal());
  }
}
