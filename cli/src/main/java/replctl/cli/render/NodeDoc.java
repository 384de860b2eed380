package replctl.cli.render;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.Lag;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Position;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.snapshot.Server;

/** A node as it was seen, as data. */
final class NodeDoc {
  private NodeDoc() {}

  static Doc of(Cluster cluster, NodeView seen, List<Finding> findings) {
    Node declared = cluster.node(seen.name()).orElseThrow();
    Optional<Server> server = seen.server();
    return Doc.part()
        .put("name", seen.name().value())
        .put("host", declared.host())
        .put("region", declared.region())
        .put("answers", seen.contact().answered())
        .put("contact", InventoryPrinter.word(seen.contact().trouble()))
        .put("contactWords", seen.contact().words())
        .put("presence", InventoryPrinter.word(seen.presence()))
        .put("role", known(seen.role()))
        .put("writable", server.map(Server::writable))
        .put("streaming", server.flatMap(Server::streaming))
        .put("upstream", server.flatMap(Server::upstream))
        .put("identity", server.flatMap(Server::identity))
        .put("version", server.flatMap(Server::version))
        .put("position", server.flatMap(Server::position).map(Position::text))
        .put("appliedPosition", server.flatMap(Server::applied).map(Position::text))
        .put("sync", server.map(s -> InventoryPrinter.word(s.sync())))
        .put("lag", lag(server.map(Server::lag).orElse(Lag.UNKNOWN)))
        .put("certificateEnd", NodeState.certificateEnd(seen).map(Instant::toString))
        .put("findings", findings.stream().map(NodeDoc::of).toList());
  }

  static Doc lag(Lag lag) {
    return Doc.part()
        .put("lagBytes", lag.bytes())
        .put("notReceivedBytes", lag.received())
        .seconds("lagSeconds", lag.time())
        .put("cause", InventoryPrinter.word(lag.cause()))
        .put("why", lag.why());
  }

  static Doc of(Finding finding) {
    return Doc.part()
        .put("level", InventoryPrinter.word(finding.level()))
        .put("code", finding.code())
        .put("text", finding.text())
        .put("cure", finding.cure());
  }

  private static Optional<String> known(Role role) {
    return role == Role.UNKNOWN ? Optional.empty() : Optional.of(InventoryPrinter.word(role));
  }
}
