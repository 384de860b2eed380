package replctl.cli.wiring;

import java.util.List;
import replctl.playbooks.engine.Site;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.SecretRef;

/** The secrets of a cluster that setting up its nodes needs. */
final class Secrets {
  private Secrets() {}

  /** Reads those that are there: one that is said to be and is not is no news for a plan's end. */
  static void known(Session session) {
    all(session).stream()
        .filter(session.world().vault()::has)
        .forEach(session.world().vault()::get);
  }

  /** Makes those that are missing: a plan only names them. */
  static void make(Session session) {
    all(session).forEach(session.world().vault()::get);
  }

  private static List<SecretRef> all(Session session) {
    Snapshot nothing = new Snapshot(session.world().clock().now(), List.of());
    return session.engine().setup().secrets(new Site(session.cluster(), nothing));
  }
}
