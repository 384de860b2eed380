package replctl.cli.wiring;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import replctl.playbooks.engine.ParameterWish;
import replctl.playbooks.observe.ClearLook;
import replctl.playbooks.observe.ParameterLook;
import replctl.playbooks.observe.RedirectLook;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.snapshot.Unready;
import replctl.playbooks.verb.ParameterOptions;
import replctl.playbooks.verb.RestartOptions;
import replctl.playbooks.verb.SetParameters;
import replctl.playbooks.verb.Switchover;

/**
 * Parameters are to be changed.
 *
 * @param wishes what they are to be
 * @param nodes where, as typed; empty: on all
 * @param without those that are left as they are, as typed
 * @param weakening the parameters that may make writes less safe
 * @param restart how the leader is restarted, its followers too; empty: nobody is
 * @param to who leads then, as typed; empty: the best candidate
 */
public record ParameterRequest(
    List<ParameterWish> wishes,
    List<String> nodes,
    List<String> without,
    Set<String> weakening,
    Optional<RestartOptions.OfLeader> restart,
    Optional<String> to)
    implements Request {
  @Override
  public Asked ask(Session session, Duration perNode) {
    ParameterOptions options =
        new ParameterOptions(
            wishes,
            nodes.stream().map(n -> InventoryFinder.node(session.cluster(), n)).toList(),
            without.stream().map(n -> InventoryFinder.node(session.cluster(), n)).toList(),
            weakening,
            restart,
            to.map(name -> InventoryFinder.node(session.cluster(), name)));
    boolean handsOver = restart.equals(Optional.of(RestartOptions.OfLeader.SWITCHOVER));
    Snapshot seen =
        ClearLook.look(
            () -> look(session, wishes, perNode),
            s -> handsOver && Switchover.unclear(session.cluster(), s, options.to()));
    return Asked.of(
        new SetParameters(session.engine())
            .decide(
                session.cluster(),
                seen,
                handsOver
                    ? RedirectLook.look(session.world(), session.cluster(), seen, perNode)
                    : Unready.NOTHING,
                session.world().ids().operation(),
                options));
  }

  /** One look at every node, with what its server says of them. */
  public static Snapshot look(Session session, List<ParameterWish> wishes, Duration perNode) {
    return ParameterLook.look(
        session.world(),
        session.engine().parameters(),
        session.cluster(),
        session.look(perNode),
        wishes,
        perNode);
  }
}
