package replctl.inventory.yaml;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.inventory.Database;
import replctl.inventory.Inventory;
import replctl.inventory.Layout;
import replctl.inventory.Limits;
import replctl.inventory.Node;
import replctl.inventory.Replication;
import replctl.inventory.Size;
import replctl.inventory.Ssh;
import replctl.inventory.Tls;
import replctl.inventory.Witness;
import replctl.inventory.secret.SecretSource;

/**
 * An inventory as data for output: every default applied, units in the names, and of a secret only
 * where it comes from. What nobody said is null.
 */
public final class InventoryShow {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private InventoryShow() {}

  /** The whole inventory. */
  public static ObjectNode of(Inventory inventory) {
    ObjectNode root = JSON.objectNode();
    root.put("apiVersion", "replctl/v1");
    root.put("kind", "Inventory");
    root.put("file", inventory.file().toString());
    ArrayNode clusters = root.putArray("clusters");
    inventory.clusters().forEach(cluster -> clusters.add(cluster(cluster)));
    return root;
  }

  private static ObjectNode cluster(Cluster cluster) {
    ObjectNode node = JSON.objectNode();
    node.put("name", cluster.name().value());
    node.put("engine", cluster.engine().word());
    node.set("replication", replication(cluster.replication()));
    ObjectNode fencing = node.putObject("fencing");
    ArrayNode accept = fencing.putArray("accept");
    cluster.fencing().accept().forEach(strength -> accept.add(strength.word()));
    seconds(fencing, "sshPatienceSeconds", Optional.of(cluster.fencing().sshPatience()));
    node.set("limits", limits(cluster.limits()));
    if (cluster.archive().isPresent()) {
      ObjectNode archive = node.putObject("archive");
      archive.put("restoreCommand", cluster.archive().get().restoreCommand());
      archive.put("pgbackrest", cluster.archive().get().stanza().orElse(null));
    } else {
      node.putNull("archive");
    }
    ArrayNode nodes = node.putArray("nodes");
    cluster.nodes().forEach(member -> nodes.add(node(member)));
    ArrayNode witnesses = node.putArray("witnesses");
    cluster.witnesses().forEach(witness -> witnesses.add(witness(witness)));
    node.set("hooks", RedirectShow.of(cluster.hooks()));
    node.set("redirect", RedirectShow.of(cluster.redirects()));
    return node;
  }

  private static ObjectNode replication(Replication replication) {
    ObjectNode node = JSON.objectNode();
    node.put("mode", replication.mode().word());
    node.put("acks", replication.acks());
    node.put("onLostSync", replication.onLostSync().word());
    seconds(node, "degradeAfterSeconds", Optional.of(replication.degradeAfter()));
    if (replication.cloneRate() == 0) {
      node.putNull("cloneRateBytesPerSecond");
    } else {
      node.put("cloneRateBytesPerSecond", replication.cloneRate());
    }
    return node;
  }

  private static ObjectNode limits(Limits limits) {
    ObjectNode node = JSON.objectNode();
    seconds(node, "lagSeconds", Optional.of(limits.lag()));
    node.put("lagBytes", limits.lagBytes().bytes());
    node.put("diskPercent", limits.diskPercent());
    // In the bytes alone "any" would be null, and null reads as unknown.
    if (limits.maxLossBytes().isPresent()) {
      node.put("maxLoss", new Size(limits.maxLossBytes().getAsLong()).exact());
      node.put("maxLossBytes", limits.maxLossBytes().getAsLong());
    } else {
      node.put("maxLoss", "any");
      node.putNull("maxLossBytes");
    }
    return node;
  }

  private static ObjectNode node(Node member) {
    ObjectNode node = JSON.objectNode();
    node.put("name", member.name().value());
    node.put("host", member.host());
    text(node, "region", member.region());
    node.put("leader", member.leader());
    node.put("priority", member.priority());
    node.put("failover", member.mayLead() ? "allowed" : "never");
    text(node, "cascadeFrom", member.cascadeFrom().map(Object::toString));
    seconds(node, "delaySeconds", member.delay());
    node.put("connection", member.connection().word());
    node.set("ssh", ssh(member.ssh()));
    node.set("database", database(member.database()));
    node.setAll(layout(member.layout()));
    ArrayNode levels = node.putArray("fence");
    member.fence().forEach(level -> levels.add(FenceShow.of(level)));
    return node;
  }

  private static ObjectNode witness(Witness witness) {
    ObjectNode node = JSON.objectNode();
    node.put("name", witness.name().value());
    node.put("host", witness.host());
    node.put("connection", witness.connection().word());
    node.set("ssh", ssh(witness.ssh()));
    return node;
  }

  static ObjectNode ssh(Ssh ssh) {
    ObjectNode node = JSON.objectNode();
    text(node, "user", ssh.user());
    if (ssh.port().isPresent()) {
      node.put("port", ssh.port().get());
    } else {
      node.putNull("port");
    }
    text(node, "identity", ssh.identity().map(Path::toString));
    text(node, "knownHosts", ssh.knownHosts().map(Path::toString));
    texts(node, "jump", ssh.jump());
    node.put("transport", ssh.transport().word());
    seconds(node, "connectTimeoutSeconds", Optional.of(ssh.connectTimeout()));
    return node;
  }

  private static ObjectNode database(Database database) {
    ObjectNode node = JSON.objectNode();
    node.put("port", database.port());
    node.put("access", database.access().word());
    node.put("user", database.user());
    text(node, "password", database.password().map(SecretSource::inWords));
    text(node, "osUser", database.osUser());
    if (database.tls().isPresent()) {
      Tls tls = database.tls().get();
      node.putObject("tls")
          .put("ca", tls.ca().toString())
          .put("certificate", tls.certificate().toString())
          .put("key", tls.key().inWords());
    } else {
      node.putNull("tls");
    }
    return node;
  }

  private static ObjectNode layout(Layout layout) {
    ObjectNode node = JSON.objectNode();
    text(node, "service", layout.service());
    text(node, "dataDirectory", layout.dataDirectory());
    text(node, "binDirectory", layout.binDirectory());
    text(node, "configDirectory", layout.configDirectory());
    text(node, "stateDirectory", layout.stateDirectory());
    return node;
  }

  /** A whole number where it is one, so that 30 s is 30 and not 30.0. */
  static void seconds(ObjectNode node, String name, Optional<Duration> duration) {
    if (duration.isEmpty()) {
      node.putNull(name);
    } else if (duration.get().toMillis() % 1000 == 0) {
      node.put(name, duration.get().toSeconds());
    } else {
      node.put(name, BigDecimal.valueOf(duration.get().toMillis(), 3));
    }
  }

  static void texts(ObjectNode node, String name, Collection<String> values) {
    ArrayNode array = node.putArray(name);
    values.forEach(array::add);
  }

  private static void text(ObjectNode node, String name, Optional<String> value) {
    if (value.isPresent()) {
      node.put(name, value.get());
    } else {
      node.putNull(name);
    }
  }
}
