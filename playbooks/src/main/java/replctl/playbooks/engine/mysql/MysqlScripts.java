package replctl.playbooks.engine.mysql;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Site;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Script;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.SecretRef;
import replctl.playbooks.world.Value;

/**
 * Calls of MySQL's scripts on the nodes of one site: every script is told where the server's parts
 * lie, and whose data must be there.
 *
 * @param leader whose data the others are copies of
 */
record MysqlScripts(Site site, NodeName leader) {
  private static final String ENGINE = "mysql";

  /**
   * Seconds. The start guard runs beside a server, and holds the node's lock while it has that open
   * or receive: it asks the server and its peers, some 5 s each at most.
   */
  private static final Value LOCK_WAIT = Value.of("10");

  /** The step that writes into a first leader's data which cluster it is. */
  static String founding(NodeName leader) {
    return "found-" + leader;
  }

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
    return Step.of(name, title, Place.on(on), performOnData(on, script, values), limit);
  }

  /** A call of a script on a node. */
  ScriptCall perform(NodeName on, String script, Map<String, Value> values) {
    Map<String, Value> all = new TreeMap<>(layout(on).values());
    all.put("lock_wait", LOCK_WAIT);
    all.putAll(values);
    return ScriptCall.perform(new Script(ENGINE, script), all);
  }

  /** A call of a script that sees first that the node's data is this cluster's. */
  ScriptCall performOnData(NodeName on, String script, Map<String, Value> values) {
    Map<String, Value> all = new TreeMap<>(values);
    all.put("identity", identity());
    return perform(on, script, all);
  }

  /**
   * A call of a script that sees first that the node's data is what most nodes' is, where any was
   * seen: the node's own server may be stopped, and does not tell then.
   */
  ScriptCall performOnMost(NodeName on, String script, Map<String, Value> values) {
    Map<String, Value> all = new TreeMap<>(values);
    site.usualIdentity().ifPresent(identity -> all.put("identity", Value.of(identity)));
    return perform(on, script, all);
  }

  /**
   * What follow.sh is told, but for whether it may start the server.
   *
   * @param patience how long it may take until it receives and applies
   */
  Map<String, Value> following(NodeName node, NodeName from, Duration patience) {
    Node upstream = site.declared(from);
    Map<String, Value> values = new TreeMap<>();
    values.put("source_host", Value.of(upstream.host()));
    values.put("source_port", Value.of(Integer.toString(upstream.database().port())));
    values.put("source_uuid", Value.of(uuid(from)));
    values.put("password", plain(MysqlAccounts.REPLICATION_PASSWORD));
    values.put("delay", seconds(site.declared(node).delay().orElse(Duration.ZERO)));
    values.put("patience", seconds(patience));
    return values;
  }

  /** The server's own name, where it has one by now. */
  private String uuid(NodeName node) {
    Facts facts = site.facts(node);
    return facts.text("sql.server_uuid").or(() -> facts.text("server_uuid")).orElse("");
  }

  MysqlLayout layout(NodeName node) {
    return MysqlLayout.of(site.declared(node), site.facts(node));
  }

  /** What makes the leader's data this cluster's, or what a step will have written into it. */
  Value identity() {
    return site.seen(leader)
        .server()
        .filter(s -> s.presence() != Presence.ABSENT)
        .flatMap(Server::identity)
        .map(Value::of)
        .orElseGet(() -> new Value.Known(founding(leader), "identity"));
  }

  static Value plain(SecretRef secret) {
    return new Value.Hidden(secret, Value.Form.PLAIN);
  }

  static Value seconds(Duration duration) {
    return Value.of(Long.toString(duration.toSeconds()));
  }
}
