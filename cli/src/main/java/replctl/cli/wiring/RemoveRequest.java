package replctl.cli.wiring;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Site;
import replctl.playbooks.observe.SetupLook;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Remove;

/**
 * A node, or a witness, is to leave.
 *
 * @param name who leaves; it need not be declared any more
 * @param confirmFenced nodes that the operator has seen to be off, as typed
 */
public record RemoveRequest(NodeName name, List<String> confirmFenced) implements Request {
  public RemoveRequest {
    confirmFenced = List.copyOf(confirmFenced);
  }

  @Override
  public Asked ask(Session session, Duration perNode) {
    Map<NodeName, String> confirmed = new TreeMap<>();
    confirmFenced.forEach(
        typed -> confirmed.put(InventoryFinder.node(session.cluster(), typed), Operator.words()));
    Secrets.known(session);
    Snapshot surveyed = session.look(perNode);
    Snapshot seen =
        SetupLook.look(
            session.world(), session.engine().setup(), session.cluster(), surveyed, perNode);
    return Asked.of(
        new Remove(session.engine())
            .decide(
                session.world().ids().operation(),
                new Site(session.cluster(), seen),
                name,
                new Remove.Options(confirmed)));
  }

  @Override
  public void prepare(Session session) {
    Secrets.make(session);
  }
}
