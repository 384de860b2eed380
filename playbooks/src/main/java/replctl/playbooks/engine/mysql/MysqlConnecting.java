package replctl.playbooks.engine.mysql;

import java.util.List;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Connecting;
import replctl.playbooks.engine.ConnectionText;

/**
 * None of MySQL's clients finds out by itself which of several servers takes writes: what leads to
 * the leader must be changed when it changes.
 */
final class MysqlConnecting implements Connecting {
  @Override
  public List<ConnectionText> texts(Cluster cluster, Optional<NodeName> leader) {
    return leader.flatMap(cluster::node).stream()
        .flatMap(
            node ->
                List.of(
                    new ConnectionText(
                        "uri", node.name().value(), "mysql://" + address(node) + "/"),
                    new ConnectionText(
                        "jdbc", node.name().value(), "jdbc:mysql://" + address(node) + "/"))
                    .stream())
        .toList();
  }

  private static String address(Node node) {
    String host = node.host();
    return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + node.database().port();
  }
}
