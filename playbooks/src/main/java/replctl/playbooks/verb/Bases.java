package replctl.playbooks.verb;

import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import replctl.playbooks.plan.Basis;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;

/** What plans rest on. */
final class Bases {
  private Bases() {}

  /** A plan is good for as long as the same nodes lead and follow with the same data. */
  static Basis of(Snapshot seen) {
    SortedMap<String, String> facts = new TreeMap<>();
    for (NodeView node : seen.nodes()) {
      facts.put(node.name() + " answers", node.contact().answered() ? "yes" : "no");
      facts.put(node.name() + " role", node.role().name().toLowerCase(Locale.ROOT));
      node.server()
          .flatMap(Server::identity)
          .ifPresent(identity -> facts.put(node.name() + " identity", identity));
    }
    seen.epochs().newest().ifPresent(r -> facts.put("epoch", Long.toString(r.epoch())));
    return new Basis(seen.at(), facts);
  }
}
