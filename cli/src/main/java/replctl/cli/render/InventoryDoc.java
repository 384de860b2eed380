package replctl.cli.render;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import replctl.inventory.Cluster;
import replctl.inventory.Database;
import replctl.inventory.FenceDevice;
import replctl.inventory.FenceLevel;
import replctl.inventory.Fencing;
import replctl.inventory.Layout;
import replctl.inventory.Limits;
import replctl.inventory.Node;
import replctl.inventory.Replication;
import replctl.inventory.Ssh;
import replctl.inventory.Witness;
import replctl.inventory.secret.SecretSource;

/** An inventory as data. A secret is only where it comes from. */
final class InventoryDoc {
  private InventoryDoc() {}

  static Doc of(Path file, List<Cluster> clusters) {
    return Doc.of("Inventory")
        .put("file", file.toString())
        .put("clusters", clusters.stream().map(InventoryDoc::cluster).toList());
  }

  private static Doc cluster(Cluster cluster) {
    return Doc.part()
        .put("name", cluster.name().value())
        .put("engine", cluster.engine().word())
        .put("replication", replication(cluster.replication()))
        .put("fencing", Doc.part().put("accept", strengths(cluster.fencing())))
        .put("limits", limits(cluster.limits()))
        .put("nodes", cluster.nodes().stream().map(InventoryDoc::node).toList())
        .put("witnesses", cluster.witnesses().stream().map(InventoryDoc::witness).toList());
  }

  private static List<String> strengths(Fencing fencing) {
    List<Fencing.Strength> sorted = new ArrayList<>(fencing.accept());
    Collections.sort(sorted);
    return sorted.stream().map(InventoryPrinter::word).toList();
  }

  private static Doc replication(Replication replication) {
    return Doc.part()
        .put("mode", replication.mode().word())
        .put("acks", replication.acks())
        .put("onLostSync", InventoryPrinter.word(replication.onLostSync()))
        .put("degradeAfterSeconds", replication.degradeAfter().toSeconds())
        .put("cloneRateBytesPerSecond", replication.cloneRate());
  }

  private static Doc limits(Limits limits) {
    return Doc.part()
        .put("lagSeconds", limits.lag().toSeconds())
        .put("lagBytes", limits.lagBytes().bytes())
        .put("diskPercent", limits.diskPercent())
        .put("maxLossBytes", limits.maxLossBytes());
  }

  private static Doc node(Node node) {
    return Doc.part()
        .put("name", node.name().value())
        .put("host", node.host())
        .put("region", node.region())
        .put("leader", node.leader())
        .put("priority", node.priority())
        .put("failover", node.mayLead() ? "allowed" : "never")
        .put("cascadeFrom", node.cascadeFrom())
        .seconds("delaySeconds", node.delay())
        .put("connection", InventoryPrinter.word(node.connection()))
        .put("ssh", ssh(node.ssh()))
        .put("database", database(node.database()))
        .put("layout", layout(node.layout()))
        .put("fence", node.fence().stream().map(InventoryDoc::level).toList());
  }

  private static Doc witness(Witness witness) {
    return Doc.part()
        .put("name", witness.name().value())
        .put("host", witness.host())
        .put("connection", InventoryPrinter.word(witness.connection()))
        .put("ssh", ssh(witness.ssh()));
  }

  private static Doc ssh(Ssh ssh) {
    return Doc.part()
        .put("user", ssh.user())
        .put("port", ssh.port())
        .put("identity", ssh.identity())
        .put("knownHosts", ssh.knownHosts())
        .put("jump", ssh.jump())
        .put("transport", InventoryPrinter.word(ssh.transport()))
        .put("connectTimeoutSeconds", ssh.connectTimeout().toMillis() / 1000.0);
  }

  private static Doc database(Database database) {
    return Doc.part()
        .put("port", database.port())
        .put("access", InventoryPrinter.word(database.access()))
        .put("user", database.user())
        .put("password", database.password().map(InventoryDoc::secret))
        .put("osUser", database.osUser())
        .put(
            "tls",
            database
                .tls()
                .map(
                    tls ->
                        Doc.part()
                            .put("ca", tls.ca().toString())
                            .put("certificate", tls.certificate().toString())
                            .put("key", secret(tls.key()))));
  }

  private static Doc layout(Layout layout) {
    return Doc.part()
        .put("service", layout.service())
        .put("dataDirectory", layout.dataDirectory())
        .put("binDirectory", layout.binDirectory())
        .put("configDirectory", layout.configDirectory())
        .put("stateDirectory", layout.stateDirectory());
  }

  private static Doc level(FenceLevel level) {
    return Doc.part().put("devices", level.devices().stream().map(InventoryDoc::device).toList());
  }

  private static Doc device(FenceDevice device) {
    Doc doc = Doc.part();
    if (device instanceof FenceDevice.Agent agent) {
      Map<String, String> options = new TreeMap<>(agent.options());
      agent.secrets().keySet().forEach(name -> options.put(name, "***"));
      doc.put("agent", agent.agent()).put("options", options);
    } else if (device instanceof FenceDevice.Command command) {
      doc.put("command", command.command());
    }
    return doc.seconds("timeoutSeconds", device.timeout());
  }

  /** Where it comes from, as the inventory writes it. */
  private static Doc secret(SecretSource source) {
    if (source instanceof SecretSource.FromFile from) {
      return Doc.part().put("file", from.file().toString());
    }
    if (source instanceof SecretSource.FromCommand from) {
      return Doc.part().put("command", from.command());
    }
    if (source instanceof SecretSource.FromEnvironment from) {
      return Doc.part().put("env", from.variable());
    }
    if (source instanceof SecretSource.FromCredential from) {
      return Doc.part().put("credential", from.name());
    }
    return Doc.part().put("plain", "***");
  }
}
