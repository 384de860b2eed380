package replctl.playbooks.verb;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.Site;
import replctl.playbooks.plan.Lane;
import replctl.playbooks.snapshot.Server;

/**
 * Who receives from whom once another node leads: one that is declared to cascade from a follower
 * goes on to; one whose upstream is lost, or leads now, receives from the new leader. Pure.
 *
 * @param to who leads then
 * @param followers all that are told whom to follow
 */
record Cascade(Site site, NodeName to, List<NodeName> followers) {
  Cascade {
    followers = List.copyOf(followers);
  }

  /** From whom that one is to receive. */
  NodeName upstream(NodeName follower) {
    return site.declared(follower)
        .cascadeFrom()
        .filter(from -> !from.equals(follower) && followers.contains(from))
        .orElse(to);
  }

  /** On each upstream what keeps the log for those that receive from it. */
  List<Lane> slots(Engine engine) {
    Map<NodeName, List<NodeName>> by = new LinkedHashMap<>();
    by.put(to, new ArrayList<>());
    for (NodeName follower : followers) {
      by.computeIfAbsent(upstream(follower), from -> new ArrayList<>()).add(follower);
    }
    List<Lane> lanes = new ArrayList<>();
    by.forEach((from, theirs) -> lanes.addAll(engine.promotion().prepare(site, from, theirs)));
    return lanes;
  }

  /**
   * Whether a follower of a leader that hands over stays with it: it is declared to cascade from
   * it, and the old leader will be a follower.
   */
  static boolean stays(Site site, NodeName follower, NodeName from) {
    return site.declared(follower).cascadeFrom().equals(Optional.of(from))
        && site.seen(follower).server().flatMap(Server::upstream).equals(Optional.of(from));
  }
}
