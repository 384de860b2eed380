package replctl.cli.wiring;

import java.time.Duration;
import java.util.Optional;
import replctl.inventory.NodeName;
import replctl.inventory.Witness;
import replctl.playbooks.engine.RejoinGoal;
import replctl.playbooks.engine.Site;
import replctl.playbooks.observe.RejoinLook;
import replctl.playbooks.observe.SetupLook;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Add;
import replctl.playbooks.verb.Decision;
import replctl.playbooks.verb.Rejoin;

/**
 * A declared node, or a witness, is to become a member.
 *
 * @param name who joins
 */
public record AddRequest(NodeName name, Add.Options options) implements Request {
  /** The log of what a node alone has is read through while it is asked: 5 s were seen. */
  private static final Duration LOOK = Duration.ofSeconds(20);

  @Override
  public Asked ask(Session session, Duration typed) {
    Duration perNode = typed.compareTo(LOOK) < 0 ? LOOK : typed;
    Secrets.known(session);
    Snapshot seen = session.look(perNode);
    Optional<Witness> witness =
        session.cluster().witnesses().stream().filter(w -> w.name().equals(name)).findFirst();
    String op = session.world().ids().operation();
    if (witness.isPresent()) {
      Snapshot told =
          SetupLook.look(
              session.world(), session.engine().setup(), session.cluster(), seen, perNode);
      return Asked.of(
          new Add(session.engine()).decide(op, new Site(session.cluster(), told), witness.get()));
    }
    Rejoin.Aim first = Add.aim(new Site(session.cluster(), seen), name, options);
    if (first instanceof Rejoin.Aim.No no) {
      return Asked.of(Decision.of(no.refusal()));
    }
    Snapshot more =
        SetupLook.look(session.world(), session.engine().setup(), session.cluster(), seen, perNode);
    Rejoin.Aim aim = Add.aim(new Site(session.cluster(), more), name, options);
    if (aim instanceof Rejoin.Aim.No no) {
      return Asked.of(Decision.of(no.refusal()));
    }
    RejoinGoal goal =
        RejoinLook.look(
            session.world(), session.engine().rejoin(), ((Rejoin.Aim.Reach) aim).goal(), perNode);
    // A host that fell silent meanwhile is found out by the same rules.
    Rejoin.Aim last = Add.aim(goal.site(), name, options);
    if (last instanceof Rejoin.Aim.No no) {
      return Asked.of(Decision.of(no.refusal()));
    }
    return Asked.of(new Add(session.engine()).decide(op, goal, options));
  }

  @Override
  public void prepare(Session session) {
    Secrets.make(session);
  }
}
