package replctl.cli.wiring;

import java.time.Duration;
import replctl.inventory.NodeName;
import replctl.playbooks.verb.Unfence;

/** A node's power and its server's start are to be given back. */
public record UnfenceRequest(NodeName node) implements Request {
  @Override
  public Asked ask(Session session, Duration perNode) {
    return Asked.of(
        new Unfence(session.engine())
            .decide(
                session.cluster(), session.look(perNode), session.world().ids().operation(), node));
  }
}
