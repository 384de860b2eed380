package replctl.cli.wiring;

import java.time.Duration;
import java.util.Optional;
import replctl.inventory.NodeName;
import replctl.playbooks.observe.ClearLook;
import replctl.playbooks.observe.RedirectLook;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Switchover;

/**
 * Another leader is wanted.
 *
 * @param to as typed; empty: the best candidate
 */
public record SwitchoverRequest(Optional<String> to) implements Request {
  @Override
  public Asked ask(Session session, Duration perNode) {
    Optional<NodeName> wanted = to.map(name -> InventoryFinder.node(session.cluster(), name));
    Snapshot seen =
        ClearLook.look(
            () -> session.look(perNode), s -> Switchover.unclear(session.cluster(), s, wanted));
    return Asked.of(
        new Switchover(session.engine())
            .decide(
                session.cluster(),
                seen,
                RedirectLook.look(session.world(), session.cluster(), seen, perNode),
                session.world().ids().operation(),
                wanted));
  }
}
