package replctl.cli.wiring;

import java.time.Duration;
import java.util.Optional;
import replctl.inventory.NodeName;
import replctl.playbooks.observe.ClearLook;
import replctl.playbooks.observe.RedirectLook;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Switchback;
import replctl.playbooks.verb.Switchover;

/**
 * Whoever led before is to lead again.
 *
 * @param only who that must be; empty: whoever it was
 */
public record SwitchbackRequest(Optional<NodeName> only) implements Request {
  @Override
  public Asked ask(Session session, Duration perNode) {
    Snapshot seen = ClearLook.look(() -> session.look(perNode), s -> unclear(session, s));
    return Asked.of(
        new Switchback(session.engine())
            .decide(
                session.cluster(),
                seen,
                RedirectLook.look(session.world(), session.cluster(), seen, perNode),
                session.world().ids().operation(),
                only));
  }

  private static boolean unclear(Session session, Snapshot seen) {
    Optional<NodeName> former =
        Switchback.before(session.cluster(), seen) instanceof Switchback.Before.Led led
            ? Optional.of(led.node())
            : Optional.empty();
    return former.isPresent() && Switchover.unclear(session.cluster(), seen, former);
  }
}
