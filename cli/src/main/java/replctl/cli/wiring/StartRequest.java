package replctl.cli.wiring;

import java.time.Duration;
import java.util.Optional;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Decision;
import replctl.playbooks.verb.Start;

/** A follower's server is to run. */
public record StartRequest(NodeName node) implements Request {
  @Override
  public Asked ask(Session session, Duration perNode) {
    Snapshot seen = session.look(perNode);
    Optional<Refusal> leads = Start.leads(session.cluster(), seen, node);
    if (leads.isPresent()) {
      return Asked.of(Decision.of(leads.get()));
    }
    // One that runs and follows needs no way back: then there is nothing to do.
    Optional<String> way =
        seen.node(node).presence() == Presence.RUNNING ? Optional.empty() : Optional.of(Start.WAY);
    RejoinRequest rejoin = new RejoinRequest(node, Optional.empty(), way, false);
    return Asked.of(Start.of(rejoin.ask(session, perNode).decision(), node));
  }

  @Override
  public void prepare(Session session) {
    Secrets.make(session);
  }
}
