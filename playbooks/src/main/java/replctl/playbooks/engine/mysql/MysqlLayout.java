package replctl.playbooks.engine.mysql;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import replctl.inventory.Layout;
import replctl.inventory.Node;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Value;

/**
 * Where a server's parts lie on its host: as declared, else as found.
 *
 * @param data empty when neither declared nor found
 * @param bin the folder of mysqld
 * @param client the path of mysql; empty: there is none
 * @param config the folder that holds replctl's own file of options; empty: none is read there
 * @param service the systemd unit without {@code .service}; empty: nothing starts it at a boot
 * @param socket the path of the server's socket
 * @param state the folder of replctl's files on that node
 */
record MysqlLayout(
    String data,
    String bin,
    String client,
    String config,
    String service,
    int port,
    String socket,
    String state) {
  static MysqlLayout of(Node node, Facts facts) {
    Layout declared = node.layout();
    return new MysqlLayout(
        found(facts, "data_directory", declared.dataDirectory()),
        found(facts, "bin_directory", declared.binDirectory()),
        found(facts, "client", Optional.empty()),
        declared.configDirectory().or(() -> facts.text("config_directory")).orElse(""),
        declared.service().or(() -> facts.text("service")).orElse(""),
        node.database().port(),
        found(facts, "socket", Optional.empty()),
        declared.stateDirectory().or(() -> facts.text("state_directory")).orElse(""));
  }

  /** Whether no server was ever made there: none runs, and there is no data for one. */
  static boolean isEmpty(Facts facts) {
    return facts.text("presence").equals(Optional.of("absent"));
  }

  private static String found(Facts facts, String name, Optional<String> declared) {
    return facts.text(name).or(() -> declared).orElse("");
  }

  /**
   * The file of options that is replctl's own: the last of its folder, since the last line wins.
   */
  String file() {
    return config.isEmpty() ? "" : file(config);
  }

  /** That file in a folder. */
  static String file(String config) {
    return config + "/zz-replctl.cnf";
  }

  /** The values that every script on that host is given. */
  Map<String, Value> values() {
    Map<String, Value> values = new TreeMap<>();
    values.put("data_directory", Value.of(data));
    values.put("bin_directory", Value.of(bin));
    values.put("client", Value.of(client));
    values.put("config_file", Value.of(file()));
    values.put("service", Value.of(service));
    values.put("port", Value.of(Integer.toString(port)));
    values.put("socket", Value.of(socket));
    values.put("state_directory", Value.of(state));
    return values;
  }
}
