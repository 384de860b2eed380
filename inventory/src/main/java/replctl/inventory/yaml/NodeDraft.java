package replctl.inventory.yaml;

import java.util.List;
import java.util.Optional;
import replctl.inventory.EngineKind;
import replctl.inventory.Node;
import replctl.inventory.NodeName;

/**
 * A node with the keys it was read from, so that rules can name their place.
 *
 * @param fields the node's own, without the cluster's defaults
 */
record NodeDraft(Node node, Fields fields) {
  /** Where that key stands; the node itself where it has no such key. */
  Spot spot(Key<?> key) {
    return fields.spot(key).orElseGet(this::spot);
  }

  /** Where the node stands. */
  Spot spot() {
    return fields.spot().orElseThrow();
  }

  /** The node over the cluster's defaults; empty when its host could not be read. */
  static Optional<NodeDraft> of(NodeName name, Fields fields, Fields cluster, EngineKind engine) {
    Optional<String> host = fields.get(NodeKeys.HOST);
    if (host.isEmpty()) {
      return Optional.empty();
    }
    Fields all = fields.over(cluster);
    Node node =
        new Node(
            name,
            host.get(),
            fields.get(NodeKeys.REGION),
            fields.get(NodeKeys.LEADER).orElse(false),
            fields.get(NodeKeys.PRIORITY).orElse(NodeKeys.USUAL_PRIORITY),
            fields.get(NodeKeys.FAILOVER).orElse(NodeKeys.Failover.ALLOWED)
                == NodeKeys.Failover.ALLOWED,
            fields.get(NodeKeys.CASCADE_FROM),
            fields.get(NodeKeys.DELAY),
            all.get(NodeKeys.CONNECTION).orElse(Node.Connection.SSH),
            SshKeys.of(all.section(NodeKeys.SSH)),
            DatabaseKeys.of(all.section(NodeKeys.DATABASE), engine),
            LayoutKeys.of(all),
            fields.get(NodeKeys.FENCE).orElse(List.of()));
    return Optional.of(new NodeDraft(node, fields));
  }
}
