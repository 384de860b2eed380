package replctl.playbooks.engine;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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

  /**
   * What makes most nodes' data this cluster's, where any was seen: a node's own server may be
   * stopped, and one that holds other data is not this cluster's to change.
   */
  public Optional<String> usualIdentity() {
    List<String> all =
        seen.nodes().stream()
            .map(NodeView::server)
            .flatMap(Optional::stream)
            .flatMap(server -> server.identity().stream())
            .toList();
    return all.stream().max(Comparator.comparing(id -> Collections.frequency(all, id)));
  }
}
