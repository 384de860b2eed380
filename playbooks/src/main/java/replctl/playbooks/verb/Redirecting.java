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
    for (int i = 0; i < redirects.size(); i++) {
      String name = "redirect-" + (i + 1);
      if (redirects.get(i) instanceof Redirect.Program own) {
        lanes.add(Lane.of(Hooking.redirect(name, site, change, own.program())));
      }
    }
    return lanes;
  }
}
