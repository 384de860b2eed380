package replctl.playbooks.engine.mysql;

import java.util.Map;
import java.util.TreeMap;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.engine.StartGuard;
import replctl.playbooks.world.Value;

/**
 * The start guards of a MySQL cluster. Its servers start closed by their options, so that the guard
 * runs beside them, and opens the recorded leader.
 */
final class MysqlGuard {
  private static final String ENGINE = "mysql";

  private MysqlGuard() {}

  /** What runs beside the servers. */
  static StartGuard of(SetupGoal goal) {
    MysqlScripts scripts = new MysqlScripts(goal.site(), goal.leader());
    return new StartGuard(
        goal,
        node -> {
          MysqlLayout layout = scripts.layout(node);
          return new StartGuard.Seat(
              ENGINE,
              Map.of(
                  "data", layout.data(),
                  "bin", layout.bin(),
                  "client", layout.client(),
                  "socket", layout.socket(),
                  "port", Integer.toString(layout.port())),
              layout.service(),
              layout.state());
        });
  }

  /** What a question that uses script/guard/part/facts is told for it. */
  static Map<String, Value> question(Cluster cluster, Node node) {
    Map<String, Value> values = new TreeMap<>();
    values.put("cluster", Value.of(cluster.name().value()));
    values.put("node", Value.of(node.name().value()));
    values.put("engine", Value.of(ENGINE));
    values.put("guard", Value.of(node.connection() == Node.Connection.SSH ? "yes" : ""));
    return values;
  }
}
