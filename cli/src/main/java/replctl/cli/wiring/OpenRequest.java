package replctl.cli.wiring;

import java.time.Duration;
import java.util.Optional;
import replctl.inventory.NodeName;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Open;

/**
 * The leader is to take writes again.
 *
 * @param node empty: the recorded leader
 * @param reRecord that node takes writes already, and is to be written down as the leader
 */
public record OpenRequest(Optional<NodeName> node, boolean reRecord) implements Request {
  @Override
  public Asked ask(Session session, Duration perNode) {
    Snapshot seen = session.look(perNode);
    Open open = new Open(session.engine());
    String op = session.world().ids().operation();
    return Asked.of(
        reRecord
            ? open.reRecord(session.cluster(), seen, op, node.orElseThrow())
            : open.decide(session.cluster(), seen, op, node));
  }
}
