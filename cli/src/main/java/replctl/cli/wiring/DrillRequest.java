package replctl.cli.wiring;

import java.time.Duration;
import replctl.inventory.NodeName;
import replctl.playbooks.verb.FenceDrill;

/** A follower's fence devices are to be tried. */
public record DrillRequest(NodeName node) implements Request {
  @Override
  public Asked ask(Session session, Duration perNode) {
    return Asked.of(
        new FenceDrill(session.engine())
            .decide(
                session.cluster(), session.look(perNode), session.world().ids().operation(), node));
  }
}
