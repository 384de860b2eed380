package replctl.playbooks.engine;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.inventory.Layout;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.snapshot.Peers;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Query;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Value;

/** How an engine's nodes are asked, and what the answers mean together. */
public interface Survey {
  /** What one node's host is asked; it changes nothing there. */
  ScriptCall question(Cluster cluster, Node node);

  /**
   * What one node's server is asked over its own protocol: what changes by the second, under the
   * names that the host's answer has for it.
   */
  Query live();

  /**
   * What the host said, with what its server has said since. Pure.
   *
   * @return empty where the server is not as it was then: it was promoted, started or configured
   *     anew, so that its host must be asked again
   */
  Optional<Facts> refreshed(Facts host, Facts server);

  /**
   * Puts the answers together: who follows whom, how far behind, and why. Pure. Answers are
   * untrusted: what can't be read is unknown.
   *
   * @param heard one for every node of the cluster
   */
  Snapshot read(Cluster cluster, Instant at, Map<NodeName, Heard> heard);

  /**
   * Where replctl's files lie on a node, as far as that is known without asking its host: as
   * declared, or where this engine has them. Empty: in the home of the user that scripts run as.
   */
  default Optional<String> stateDirectory(Cluster cluster, Node node) {
    return node.layout().stateDirectory();
  }

  /**
   * The same cluster, and of each node where replctl's files lie on it, as far as that is known: a
   * host that is silent while it is surveyed may answer what it is asked next.
   */
  default Cluster settled(Cluster cluster) {
    return cluster.with(
        cluster.nodes().stream()
            .map(n -> stateDirectory(cluster, n).map(s -> n.with(n.layout().keeping(s))).orElse(n))
            .toList());
  }

  /** Whom one server replicates with, by its host's answer alone. Pure. */
  Peers peers(Node node, Facts host);

  /** What this engine's leaders can wait for. */
  Acks.Levels levels();

  /** What the scripts of every engine are told of a node as it is declared. */
  static Map<String, Value> declared(Cluster cluster, Node node) {
    Map<String, Value> values = new LinkedHashMap<>();
    values.put("cluster_name", Value.of(cluster.name().value()));
    values.put("node_name", Value.of(node.name().value()));
    values.put("port", Value.of(Integer.toString(node.database().port())));
    Layout layout = node.layout();
    layout.service().ifPresent(t -> values.put("service", Value.of(t)));
    layout.dataDirectory().ifPresent(t -> values.put("data_directory", Value.of(t)));
    layout.binDirectory().ifPresent(t -> values.put("bin_directory", Value.of(t)));
    layout.configDirectory().ifPresent(t -> values.put("config_directory", Value.of(t)));
    layout.stateDirectory().ifPresent(t -> values.put("state_directory", Value.of(t)));
    return values;
  }
}
