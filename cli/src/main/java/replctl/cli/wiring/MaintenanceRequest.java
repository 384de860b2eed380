package replctl.cli.wiring;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import replctl.playbooks.snapshot.Maintenance;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.HandsOff;

/**
 * Hands are to be kept off, or not any more.
 *
 * @param on whether it begins
 * @param limit how long it is meant to be; empty: until it is ended
 * @param reason why, in one line
 */
public record MaintenanceRequest(boolean on, Optional<Duration> limit, String reason)
    implements Request {
  @Override
  public Asked ask(Session session, Duration perNode) {
    Snapshot seen = session.look(perNode);
    String op = session.world().ids().operation();
    if (!on) {
      return Asked.of(HandsOff.off(session.cluster(), seen, op));
    }
    OptionalLong ms =
        limit.isPresent() ? OptionalLong.of(limit.get().toMillis()) : OptionalLong.empty();
    return Asked.of(
        HandsOff.on(session.cluster(), seen, op, new Maintenance(op, Operator.name(), reason, ms)));
  }
}
