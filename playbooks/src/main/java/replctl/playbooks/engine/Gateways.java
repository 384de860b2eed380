package replctl.playbooks.engine;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.inventory.Redirect;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Script;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.SecretRef;
import replctl.playbooks.world.Value;

/**
 * Calls of the scripts that lead clients, the same for every engine. Each may be wished to {@code
 * look} whether it could be done, which changes nothing.
 */
public final class Gateways {
  /** Whether it could be done. */
  public static final String LOOK = "look";

  private static final String FOLDER = "redirect";
  private static final String WISH = "wish";

  private Gateways() {}

  /**
   * address.sh.
   *
   * @param wish {@code hold}, {@code drop} or {@link #LOOK}
   */
  public static ScriptCall address(Redirect.Vip vip, String wish) {
    return call(
        "address",
        Map.of(
            WISH,
            wish,
            "address",
            vip.address(),
            "prefix",
            Integer.toString(vip.prefix()),
            "device",
            vip.device()));
  }

  /** Calls that move the addresses that follow whoever leads, where that may be this node. */
  public static List<ScriptCall> addresses(Cluster cluster, Node node) {
    return cluster.redirects().stream()
        .filter(redirect -> node.mayLead())
        .filter(Redirect.Vip.class::isInstance)
        .map(Redirect.Vip.class::cast)
        .map(vip -> address(vip, LOOK))
        .toList();
  }

  /**
   * Where HAProxy is reached from.
   *
   * @param number which of the inventory's redirects, from 1
   */
  public static Place place(Redirect.Haproxy haproxy, int number) {
    return haproxy
        .gateway()
        .map(gateway -> (Place) new Place.Gateway(gateway.host(), number))
        .orElseGet(Place.Operator::new);
  }

  /**
   * haproxy.sh.
   *
   * @param wish {@code lead} or {@link #LOOK}
   */
  public static ScriptCall haproxy(
      Redirect.Haproxy haproxy, String wish, NodeName leader, Collection<NodeName> others) {
    Map<String, String> values = new TreeMap<>();
    values.put(WISH, wish);
    values.put("backend", haproxy.backend());
    values.put("leader", haproxy.server(leader));
    values.put("others", others.stream().map(haproxy::server).collect(Collectors.joining(" ")));
    if (haproxy.socket() instanceof Redirect.Endpoint.Tcp tcp) {
      values.put("host", tcp.host());
      values.put("port", Integer.toString(tcp.port()));
    } else if (haproxy.socket() instanceof Redirect.Endpoint.Unix unix) {
      values.put("unix", unix.path());
    }
    return call("haproxy", values);
  }

  /**
   * Where PgBouncer runs.
   *
   * @param number which of the inventory's redirects, from 1
   */
  public static Place place(Redirect.Pgbouncer pooler, int number) {
    return pooler
        .on()
        .map(Place::on)
        .orElseGet(() -> new Place.Gateway(pooler.gateway().orElseThrow().host(), number));
  }

  /**
   * pooler.sh.
   *
   * @param number which of the inventory's redirects, from 1
   * @param wish {@code lead} or {@link #LOOK}
   */
  public static ScriptCall pooler(
      Cluster cluster, Redirect.Pgbouncer pooler, int number, String wish, NodeName leader) {
    Node leads = cluster.node(leader).orElseThrow();
    Map<String, String> values = new TreeMap<>();
    values.put(WISH, wish);
    values.put("cluster", cluster.name().value());
    values.put("socket", pooler.socket());
    values.put("port", Integer.toString(pooler.port()));
    values.put("user", pooler.user());
    values.put("database", pooler.database());
    values.put("at", pooler.at());
    values.put("file", pooler.file());
    values.put(
        "options",
        pooler.options().entrySet().stream()
            .map(option -> option.getKey() + "='" + option.getValue() + "'")
            .collect(Collectors.joining(" ")));
    values.put("leader_host", leads.host());
    values.put("leader_port", Integer.toString(leads.database().port()));
    ScriptCall call = call("pooler", values);
    return pooler.password().isEmpty()
        ? call
        : call.with("password", new Value.Hidden(SecretRef.ofRedirect(number), Value.Form.PLAIN));
  }

  private static ScriptCall call(String script, Map<String, String> values) {
    Map<String, Value> all = new TreeMap<>();
    values.forEach((name, text) -> all.put(name, Value.of(text)));
    return ScriptCall.perform(new Script(FOLDER, script), all);
  }
}
