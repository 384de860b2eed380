package replctl.inventory.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import replctl.inventory.EngineKind;
import replctl.inventory.Gateway;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.inventory.OwnProgram;
import replctl.inventory.Redirect;

/** A redirect made of the keys that it was read from. */
final class RedirectDraft {
  private static final String KINDS = "one of command, vip, haproxy or pgbouncer";

  /** What says the kind, and what else may stand there. */
  private static final Map<Key<?>, List<Key<?>>> COMPANIONS = companions();

  private final Fields fields;
  private final Fields cluster;
  private final List<NodeName> nodes;
  private final Spot spot;

  private RedirectDraft(Fields fields, Fields cluster, List<NodeName> nodes) {
    this.fields = fields;
    this.cluster = cluster;
    this.nodes = nodes;
    this.spot = fields.spot().orElseThrow();
  }

  /**
   * The redirect; empty when a problem was told.
   *
   * @param cluster the cluster's keys, for the way to hosts
   */
  static Optional<Redirect> of(Fields fields, Fields cluster, List<NodeName> nodes) {
    return new RedirectDraft(fields, cluster, nodes).read();
  }

  private Optional<Redirect> read() {
    List<Key<?>> kinds = COMPANIONS.keySet().stream().filter(fields::has).toList();
    if (kinds.size() != 1) {
      spot.error(
          kinds.isEmpty()
              ? "a redirect needs " + KINDS
              : kinds.get(0).name() + " and " + kinds.get(1).name() + " exclude each other");
      return Optional.empty();
    }
    Key<?> kind = kinds.get(0);
    for (List<Key<?>> others : COMPANIONS.values()) {
      for (Key<?> other : others) {
        if (fields.has(other) && !COMPANIONS.get(kind).contains(other)) {
          fields
              .spot(other)
              .orElseThrow()
              .error("a redirect with " + kind.name() + " has no " + other.name());
        }
      }
    }
    if (kind.equals(RedirectKeys.VIP)) {
      return vip();
    }
    if (kind.equals(RedirectKeys.HAPROXY)) {
      return haproxy();
    }
    return kind.equals(RedirectKeys.PGBOUNCER) ? pgbouncer() : program();
  }

  private Optional<Redirect> program() {
    return fields
        .get(RedirectKeys.COMMAND)
        .map(
            command ->
                new Redirect.Program(
                    new OwnProgram(
                        command, fields.get(RedirectKeys.TIMEOUT).orElse(OwnProgram.USUAL))));
  }

  private Optional<Redirect> vip() {
    if (!fields.has(RedirectKeys.DEVICE)) {
      spot.error("a redirect with vip needs device, the network interface that holds the address");
    }
    return fields
        .get(RedirectKeys.VIP)
        .flatMap(
            vip ->
                fields
                    .get(RedirectKeys.DEVICE)
                    .map(device -> new Redirect.Vip(vip.address(), vip.prefix(), device)));
  }

  private Optional<Redirect> haproxy() {
    if (!fields.has(RedirectKeys.BACKEND)) {
      spot.error("a redirect with haproxy needs backend");
    }
    for (Key<?> way : List.of(NodeKeys.CONNECTION, NodeKeys.SSH, RedirectKeys.OS_USER)) {
      if (fields.has(way) && !fields.has(RedirectKeys.HOST)) {
        fields.spot(way).orElseThrow().error("it says how host is reached, and there is no host");
      }
    }
    Map<NodeName, String> servers = new LinkedHashMap<>();
    fields
        .get(RedirectKeys.SERVERS)
        .ifPresent(named -> named.items().forEach(item -> servers.put(item.name(), item.value())));
    fields
        .spot(RedirectKeys.SERVERS)
        .ifPresent(at -> servers.keySet().forEach(name -> known(at, name)));
    if (servers.values().stream().distinct().count() != servers.size()) {
      fields.spot(RedirectKeys.SERVERS).orElseThrow().error("two nodes have one server's name");
    }
    return fields
        .get(RedirectKeys.HAPROXY)
        .flatMap(
            socket ->
                fields
                    .get(RedirectKeys.BACKEND)
                    .map(
                        backend ->
                            new Redirect.Haproxy(
                                socket, gateway(fields, Optional.empty()), backend, servers)));
  }

  private Optional<Redirect> pgbouncer() {
    Optional<Fields> read = fields.get(RedirectKeys.PGBOUNCER);
    if (read.isEmpty()) {
      return Optional.empty();
    }
    Fields own = read.get();
    if (cluster.get(ClusterKeys.ENGINE).equals(Optional.of(EngineKind.MYSQL))) {
      own.spot()
          .orElseThrow()
          .error(
              "PgBouncer speaks PostgreSQL's protocol alone; for mysql there are vip, haproxy and"
                  + " command");
      return Optional.empty();
    }
    if (own.has(RedirectKeys.ON) == own.has(RedirectKeys.HOST)) {
      own.spot().orElseThrow().error("pgbouncer needs either on, a node of the cluster, or host");
      return Optional.empty();
    }
    Optional<NodeName> on = own.get(RedirectKeys.ON);
    on.ifPresent(name -> known(own.spot(RedirectKeys.ON).orElseThrow(), name));
    if (on.isPresent() && own.has(RedirectKeys.OS_USER)) {
      own.spot(RedirectKeys.OS_USER)
          .orElseThrow()
          .error("on " + on.get() + " it is the database's user: set database.os_user there");
    }
    // Debian's package runs it as this user.
    Optional<Gateway> gateway = gateway(own, Optional.of("postgres"));
    Map<String, String> options = new LinkedHashMap<>();
    own.get(RedirectKeys.OPTIONS)
        .ifPresent(named -> named.items().forEach(item -> options.put(item.name(), item.value())));
    return own.get(RedirectKeys.NAME)
        .map(
            name ->
                new Redirect.Pgbouncer(
                    on,
                    gateway,
                    own.get(RedirectKeys.SOCKET).orElse("/var/run/postgresql"),
                    own.get(RedirectKeys.PORT).orElse(6432),
                    name,
                    own.get(RedirectKeys.DBNAME).orElse(name),
                    own.get(RedirectKeys.USER).orElse("pgbouncer"),
                    own.get(RedirectKeys.PASSWORD),
                    own.get(RedirectKeys.FILE).orElse("/etc/pgbouncer/replctl-" + name + ".ini"),
                    options));
  }

  private Optional<Gateway> gateway(Fields own, Optional<String> usualUser) {
    Fields all = own.over(cluster);
    return own.get(RedirectKeys.HOST)
        .map(
            host ->
                new Gateway(
                    host,
                    all.get(NodeKeys.CONNECTION).orElse(Node.Connection.SSH),
                    SshKeys.of(all.section(NodeKeys.SSH)),
                    own.get(RedirectKeys.OS_USER).or(() -> usualUser)));
  }

  private void known(Spot at, NodeName name) {
    if (nodes.contains(name)) {
      return;
    }
    Nearest nearest = new Nearest(name.value());
    nodes.forEach(node -> nearest.offer(node.value()));
    at.error("there is no node " + name + " in this cluster", nearest.found());
  }

  private static Map<Key<?>, List<Key<?>>> companions() {
    Map<Key<?>, List<Key<?>>> companions = new LinkedHashMap<>();
    companions.put(RedirectKeys.COMMAND, List.of(RedirectKeys.TIMEOUT));
    companions.put(RedirectKeys.VIP, List.of(RedirectKeys.DEVICE));
    companions.put(
        RedirectKeys.HAPROXY,
        List.of(
            RedirectKeys.BACKEND,
            RedirectKeys.SERVERS,
            RedirectKeys.HOST,
            NodeKeys.CONNECTION,
            NodeKeys.SSH,
            RedirectKeys.OS_USER));
    companions.put(RedirectKeys.PGBOUNCER, List.of());
    return companions;
  }
}
