package replctl.cli.wiring;

import java.time.Duration;
import java.util.List;
import replctl.inventory.NodeName;
import replctl.playbooks.observe.SetupLook;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.RotateCertificate;

/**
 * Certificates of the cluster's own authority are to be renewed.
 *
 * @param nodes whose; empty: everybody's
 * @param authority another authority, too
 */
public record RotateCertificateRequest(List<NodeName> nodes, boolean authority) implements Request {
  public RotateCertificateRequest {
    nodes = List.copyOf(nodes);
  }

  @Override
  public Asked ask(Session session, Duration perNode) {
    Secrets.known(session);
    Snapshot surveyed = session.look(perNode);
    Snapshot seen =
        SetupLook.look(
            session.world(), session.engine().setup(), session.cluster(), surveyed, perNode);
    return Asked.of(
        new RotateCertificate(session.engine())
            .decide(session.cluster(), seen, session.world().ids().operation(), nodes, authority));
  }
}
