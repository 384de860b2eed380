package replctl.cli.wiring;

import java.time.Duration;
import java.util.Optional;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.RejoinGoal;
import replctl.playbooks.engine.Site;
import replctl.playbooks.observe.RejoinLook;
import replctl.playbooks.observe.SetupLook;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Decision;
import replctl.playbooks.verb.Rejoin;

/**
 * A node is to come back as a follower.
 *
 * @param node who comes back
 * @param to whom it is to receive from, as typed; empty: as declared, else the leader
 * @param by the name of a way; empty: the first that can be gone
 * @param replace its old data may be deleted where it can't be set aside
 */
public record RejoinRequest(
    NodeName node, Optional<String> to, Optional<String> by, boolean replace) implements Request {
  /** The log of what a node alone has is read through while it is asked: 5 s were seen. */
  private static final Duration LOOK = Duration.ofSeconds(20);

  @Override
  public Asked ask(Session session, Duration typed) {
    Duration perNode = typed.compareTo(LOOK) < 0 ? LOOK : typed;
    Secrets.known(session);
    Rejoin.Options options =
        new Rejoin.Options(
            to.map(other -> InventoryFinder.node(session.cluster(), other)), by, replace);
    Snapshot seen = session.look(perNode);
    Rejoin.Aim first = Rejoin.aim(new Site(session.cluster(), seen), node, options);
    if (first instanceof Rejoin.Aim.No no) {
      return Asked.of(Decision.of(no.refusal()));
    }
    Snapshot more =
        SetupLook.look(session.world(), session.engine().setup(), session.cluster(), seen, perNode);
    Rejoin.Aim aim = Rejoin.aim(new Site(session.cluster(), more), node, options);
    if (aim instanceof Rejoin.Aim.No no) {
      return Asked.of(Decision.of(no.refusal()));
    }
    RejoinGoal goal =
        RejoinLook.look(
            session.world(), session.engine().rejoin(), ((Rejoin.Aim.Reach) aim).goal(), perNode);
    // A host that fell silent meanwhile is found out by the same rules.
    Rejoin.Aim last = Rejoin.aim(goal.site(), node, options);
    if (last instanceof Rejoin.Aim.No no) {
      return Asked.of(Decision.of(no.refusal()));
    }
    return Asked.of(
        new Rejoin(session.engine()).decide(session.world().ids().operation(), goal, by));
  }

  /** Secrets are made first: a plan only names them. */
  @Override
  public void prepare(Session session) {
    Secrets.make(session);
  }
}
