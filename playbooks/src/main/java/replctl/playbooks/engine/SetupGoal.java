package replctl.playbooks.engine;

import java.util.List;
import java.util.Optional;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Presence;

/**
 * What setting up is to reach.
 *
 * @param leader who leads, or will
 * @param nodes those that take part now, in the order of the inventory, the leader among them
 */
public record SetupGoal(Site site, NodeName leader, List<NodeName> nodes, Policy policy) {
  /**
   * What the operator allows.
   *
   * @param restart servers may be restarted
   * @param renewCertificates every certificate is made anew
   * @param replaceCertificates a certificate that others may rely on gives way to replctl's
   * @param withoutGuard no start guard is placed, although a leader that comes back is then
   *     writable by itself
   */
  public record Policy(
      boolean restart,
      boolean renewCertificates,
      boolean replaceCertificates,
      boolean withoutGuard) {
    /** Nothing that others could notice. */
    public static final Policy CAUTIOUS = new Policy(false, false, false, false);
  }

  public SetupGoal {
    nodes = List.copyOf(nodes);
  }

  /** Every node that takes part, but the leader. */
  public List<NodeName> followers() {
    return nodes.stream().filter(n -> !n.equals(leader)).toList();
  }

  /** The node that a follower receives from: the leader, or the one that the inventory names. */
  public NodeName upstream(NodeName follower) {
    Optional<NodeName> cascade = site.declared(follower).cascadeFrom();
    return cascade.filter(n -> !n.equals(leader) && nodes.contains(n)).orElse(leader);
  }

  /** Every declared node, also those that do not take part now: they keep what they have. */
  public List<NodeName> declared() {
    return site.cluster().nodes().stream().map(Node::name).toList();
  }

  /** Nodes that take part and whose word may count for a write when that node leads. */
  public List<NodeName> ackers(NodeName leading) {
    return mayAcknowledge(leading).stream().filter(nodes::contains).toList();
  }

  /**
   * Declared nodes whose word may count for a write when that node leads: those that may lead after
   * it, get the log from it and not through another, and do not hold back replay.
   */
  public List<NodeName> mayAcknowledge(NodeName leading) {
    return Quorum.mayAcknowledge(site.cluster(), leading);
  }

  /** Whether there is no data on the node yet. */
  public boolean isAbsent(NodeName node) {
    return site.seen(node).presence() == Presence.ABSENT;
  }

  /** The node as it was seen. */
  public NodeView seen(NodeName node) {
    return site.seen(node);
  }
}
