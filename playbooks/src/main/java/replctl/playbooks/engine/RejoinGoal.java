package replctl.playbooks.engine;

import java.util.List;
import java.util.stream.Stream;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Presence;

/**
 * What rejoining is to reach.
 *
 * @param node who comes back as a follower
 * @param leader the one that takes writes
 * @param from whom the node is to receive from: the leader, or another follower
 * @param replace its old data may be deleted where it can't be set aside
 */
public record RejoinGoal(
    Site site, NodeName node, NodeName leader, NodeName from, boolean replace) {
  /** The same with what was found since. */
  public RejoinGoal with(Site other) {
    return new RejoinGoal(other, node, leader, from, replace);
  }

  /** The node as it was seen. */
  public NodeView seen() {
    return site.seen(node);
  }

  /** What it takes to set the node up: it, and every node that runs. */
  public SetupGoal setup() {
    List<NodeName> nodes =
        site.cluster().nodes().stream()
            .map(Node::name)
            .flatMap(
                n ->
                    n.equals(node) || site.seen(n).presence() == Presence.RUNNING
                        ? Stream.of(n)
                        : Stream.empty())
            .toList();
    return new SetupGoal(site, leader, nodes, SetupGoal.Policy.CAUTIOUS);
  }
}
