package replctl.inventory.yaml;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import replctl.inventory.Gateway;
import replctl.inventory.Hooks;
import replctl.inventory.NodeName;
import replctl.inventory.OwnProgram;
import replctl.inventory.Redirect;
import replctl.inventory.secret.SecretSource;

/** Hooks and redirects as data for output. */
final class RedirectShow {
  private RedirectShow() {}

  static ObjectNode of(Hooks hooks) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    program(node, "beforePromotion", hooks.beforePromotion());
    program(node, "afterPromotion", hooks.afterPromotion());
    return node;
  }

  private static void program(ObjectNode node, String name, Optional<OwnProgram> program) {
    if (program.isPresent()) {
      said(node.putObject(name), program.get());
    } else {
      node.putNull(name);
    }
  }

  private static void said(ObjectNode node, OwnProgram program) {
    InventoryShow.texts(node, "command", program.command());
    InventoryShow.seconds(node, "timeoutSeconds", Optional.of(program.timeout()));
  }

  static ArrayNode of(List<Redirect> redirects) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    redirects.forEach(redirect -> array.add(redirect(redirect)));
    return array;
  }

  private static ObjectNode redirect(Redirect redirect) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    if (redirect instanceof Redirect.Program own) {
      said(node, own.program());
    } else if (redirect instanceof Redirect.Vip vip) {
      node.put("vip", vip.address() + "/" + vip.prefix()).put("device", vip.device());
    } else if (redirect instanceof Redirect.Haproxy haproxy) {
      node.put("haproxy", haproxy.socket().label());
      haproxy.gateway().ifPresent(gateway -> gateway(node, gateway));
      node.put("backend", haproxy.backend());
      ObjectNode servers = node.putObject("servers");
      haproxy.servers().forEach((name, server) -> servers.put(name.value(), server));
    } else if (redirect instanceof Redirect.Pgbouncer pooler) {
      pooler(node.putObject("pgbouncer"), pooler);
    }
    return node;
  }

  private static void gateway(ObjectNode node, Gateway gateway) {
    node.put("host", gateway.host());
    node.put("connection", gateway.connection().word());
    node.set("ssh", InventoryShow.ssh(gateway.ssh()));
    node.put("osUser", gateway.osUser().orElse(null));
  }

  private static void pooler(ObjectNode node, Redirect.Pgbouncer pooler) {
    node.put("on", pooler.on().map(NodeName::value).orElse(null));
    if (pooler.gateway().isPresent()) {
      gateway(node, pooler.gateway().get());
    } else {
      node.putNull("host");
    }
    node.put("socket", pooler.socket());
    node.put("port", pooler.port());
    node.put("database", pooler.database());
    node.put("dbname", pooler.at());
    node.put("user", pooler.user());
    node.put("password", pooler.password().map(SecretSource::inWords).orElse(null));
    node.put("file", pooler.file());
    ObjectNode options = node.putObject("options");
    pooler.options().forEach(options::put);
  }
}
