package replctl.playbooks.verb;

import java.util.ArrayList;
import java.util.List;
import replctl.inventory.Redirect;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.Site;
import replctl.playbooks.plan.Lane;

/**
 * How clients are led to a new leader once it is open: beside the followers, which matter more.
 * What fails of it is owed, and takes nothing back.
 */
final class Redirecting {
  private Redirecting() {}

  /** A lane for each redirect of the inventory, in its order: steps {@code redirect-1} and on. */
  static List<Lane> lanes(Engine engine, Site site, LeaderChange change) {
    List<Lane> lanes = new ArrayList<>();
    List<Redirect> redirects = site.cluster().redirects();
    Leading leading = new Leading(site, change);
    for (int i = 0; i < redirects.size(); i++) {
      String name = "redirect-" + (i + 1);
      Redirect redirect = redirects.get(i);
      if (redirect instanceof Redirect.Program own) {
        lanes.add(Lane.of(Hooking.redirect(name, site, change, own.program())));
      } else if (redirect instanceof Redirect.Vip vip) {
        lanes.add(Lane.of(leading.address(name, vip)));
      } else if (redirect instanceof Redirect.Haproxy haproxy) {
        lanes.add(Lane.of(leading.haproxy(name, haproxy, i + 1)));
      } else if (redirect instanceof Redirect.Pgbouncer pooler) {
        lanes.add(Lane.of(leading.pooler(name, pooler, i + 1)));
      }
    }
    return lanes;
  }
}
