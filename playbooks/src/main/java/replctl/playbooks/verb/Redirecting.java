package replctl.playbooks.verb;

import java.util.List;
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
    return List.of();
  }
}
