package replctl.playbooks.engine.postgresql;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Site;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Script;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Value;

/**
 * Calls of PostgreSQL's scripts on the nodes of one site: every script is told where the server's
 * parts lie, and whose data must be there.
 *
 * @param leader whose data the others are copies of
 */
record Scripts(Site site, NodeName leader) {
  private static final String ENGINE = "postgresql";

  /** A step that performs a script on a node. */
  Step step(
      String name,
      String title,
      NodeName on,
      String script,
      Map<String, Value> values,
      Duration limit) {
    return Step.of(name, title, Place.on(on), perform(on, script, values), limit);
  }

  /** A step on a node that has its data by then: the script sees that it is this cluster's. */
  Step onData(
      String name,
      String title,
      NodeName on,
      String script,
      Map<String, Value> values,
      Duration limit) {
    Map<String, Value> all = new TreeMap<>(values);
    all.put("identity", identity());
    return step(name, title, on, script, all, limit);
  }

  /** A call of a script on a node. */
  ScriptCall perform(NodeName on, String script, Map<String, Value> values) {
    Map<String, Value> all = new TreeMap<>(layout(on).values());
    all.putAll(values);
    return ScriptCall.perform(new Script(ENGINE, script), all);
  }

  /**
   * What follow.sh is told, but for whether it may start the server.
   *
   * @param conninfo how the node reaches the one that it is to receive from
   * @param patience how long it may take until it streams
   */
  Map<String, Value> following(NodeName node, NodeName from, String conninfo, Duration patience) {
    Node upstream = site.declared(from);
    Map<String, Value> values = new TreeMap<>();
    values.put("conninfo", Value.of(conninfo));
    values.put("slot", Value.of(Conninfo.slot(node)));
    values.put("upstream_host", Value.of(upstream.host()));
    values.put("upstream_port", Value.of(Integer.toString(upstream.database().port())));
    values.put("patience", PostgresqlSetup.seconds(patience));
    if (site.declared(node).delay().isPresent()) {
      values.put("delayed", Value.of("yes"));
    }
    return values;
  }

  /** Where a node's server lies; one that is to be copied gets the leader's version. */
  HostLayout layout(NodeName node) {
    Optional<Integer> major =
        site.facts(leader).number("major").stream().mapToObj(m -> (int) m).findFirst();
    return HostLayout.of(site.declared(node), site.facts(node), major);
  }

  /** The system identifier: of the leader's data, or of the data that a step will have made. */
  Value identity() {
    return site.seen(leader)
        .server()
        .flatMap(Server::identity)
        .map(Value::of)
        .orElseGet(() -> new Value.Known("create-" + leader, "system_identifier"));
  }
}
