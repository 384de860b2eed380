package replctl.cli.wiring;

import java.time.Duration;
import java.util.List;
import replctl.playbooks.engine.Setup;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.engine.Site;
import replctl.playbooks.observe.SetupLook;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Init;

/**
 * Replication is wanted as declared.
 *
 * @param without nodes that are left out for now, as typed
 */
public record InitRequest(List<String> without, SetupGoal.Policy policy) implements Request {
  public InitRequest {
    without = List.copyOf(without);
  }

  @Override
  public Asked ask(Session session, Duration perNode) {
    Setup setup = session.engine().setup();
    Secrets.known(session);
    Init.Options options =
        new Init.Options(
            without.stream().map(n -> InventoryFinder.node(session.cluster(), n)).toList(), policy);
    Snapshot surveyed = session.look(perNode);
    Snapshot seen = SetupLook.look(session.world(), setup, session.cluster(), surveyed, perNode);
    Site site = new Site(session.cluster(), seen);
    Init init = new Init(setup);
    return new Asked(
        init.decide(session.world().ids().operation(), site, options), init.drift(site, options));
  }

  /** Secrets are made first: a plan only names them. */
  @Override
  public void prepare(Session session) {
    Secrets.make(session);
  }
}
