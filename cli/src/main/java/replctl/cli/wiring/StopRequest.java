package replctl.cli.wiring;

import java.time.Duration;
import replctl.inventory.NodeName;
import replctl.playbooks.verb.Stop;

/**
 * A follower's server is to stand still.
 *
 * @param letWritesWait also where too few are left to acknowledge writes
 */
public record StopRequest(NodeName node, boolean letWritesWait) implements Request {
  @Override
  public Asked ask(Session session, Duration perNode) {
    return Asked.of(
        new Stop(session.engine())
            .decide(
                session.cluster(),
                session.look(perNode),
                session.world().ids().operation(),
                node,
                letWritesWait));
  }
}
