package replctl.playbooks.engine.postgresql;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.inventory.Redirect;
import replctl.playbooks.engine.Connecting;
import replctl.playbooks.engine.ConnectionText;

/**
 * libpq (10 and newer) and pgJDBC try several hosts in turn until one takes writes. Of a host that
 * is off nothing is heard: without a limit libpq would wait for the system's, some two minutes.
 */
final class PostgresqlConnecting implements Connecting {
  private static final String LIBPQ = "libpq";
  private static final String JDBC = "jdbc";

  /** Seconds for each host: three lost packets, and nobody waits long for one that is off. */
  private static final int PATIENCE = 3;

  @Override
  public List<ConnectionText> texts(Cluster cluster, Optional<NodeName> leader) {
    List<Node> mayLead = cluster.nodes().stream().filter(Node::mayLead).toList();
    String hosts =
        mayLead.stream().map(PostgresqlConnecting::address).collect(Collectors.joining(","));
    List<ConnectionText> texts = new ArrayList<>();
    texts.add(
        new ConnectionText(
            LIBPQ,
            ConnectionText.LEADER,
            uri(hosts, "?target_session_attrs=read-write&connect_timeout=" + PATIENCE)));
    texts.add(
        new ConnectionText(
            JDBC,
            ConnectionText.LEADER,
            "jdbc:" + uri(hosts, "?targetServerType=primary&connectTimeout=" + PATIENCE)));
    Optional<Node> now = leader.flatMap(cluster::node);
    for (Redirect redirect : cluster.redirects()) {
      redirected(cluster, redirect, now).ifPresent(texts::add);
    }
    now.ifPresent(
        node -> texts.add(new ConnectionText(LIBPQ, node.name().value(), uri(address(node), ""))));
    return texts;
  }

  /** HAProxy's frontend, and what a program does, are not known. */
  private static Optional<ConnectionText> redirected(
      Cluster cluster, Redirect redirect, Optional<Node> now) {
    if (redirect instanceof Redirect.Vip vip) {
      return now.map(
          node ->
              new ConnectionText(
                  LIBPQ, "vip", uri(address(vip.address(), node.database().port()), "")));
    }
    if (redirect instanceof Redirect.Pgbouncer pooler) {
      String host = pooler.on().flatMap(cluster::node).map(Node::host).orElseGet(pooler::place);
      return Optional.of(
          new ConnectionText(
              LIBPQ, "pgbouncer", uri(address(host, pooler.port()), encoded(pooler.database()))));
    }
    return Optional.empty();
  }

  private static String uri(String hosts, String rest) {
    return "postgresql://" + hosts + "/" + rest;
  }

  private static String address(Node node) {
    return address(node.host(), node.database().port());
  }

  private static String address(String host, int port) {
    return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port;
  }

  /** RFC 3986: what is not unreserved is written in hexadecimal. */
  private static String encoded(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          c < 0x80
              && (Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.' || c == '~');
      encoded.append(plain ? Character.toString(c) : String.format("%%%02X", b & 0xff));
    }
    return encoded.toString();
  }
}
