package replctl.playbooks.engine;

import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Facts;

/** What is declared and what was seen: all that steps are made from. */
public record Site(Cluster cluster, Snapshot seen) {
  /** The node as declared. */
  public Node declared(NodeName name) {
    return cluster.node(name).orElseThrow(() -> new IllegalArgumentException("no node " + name));
  }

  /** The node as seen. */
  public NodeView seen(NodeName name) {
    return seen.node(name);
  }

  /** What the host of a node or a witness said; nothing when it did not answer. */
  public Facts facts(NodeName name) {
    if (cluster.node(name).isEmpty()) {
      return seen.witnesses().getOrDefault(name, Facts.NONE);
    }
    return seen.node(name).server().map(Server::facts).orElse(Facts.NONE);
  }
}
