package replctl.inventory.yaml;

import java.time.Duration;
import java.util.List;
import replctl.inventory.NodeName;
import replctl.inventory.Redirect;
import replctl.inventory.secret.SecretSource;

/** One of the list {@code redirect}: exactly one of four kinds, each with keys of its own. */
final class RedirectKeys {
  static final Key<List<String>> COMMAND =
      Key.optional(
          "command",
          new ProgramType(),
          "A program on the operator's host; values come in its environment and on its input.");
  static final Key<Duration> TIMEOUT =
      Key.optional("timeout", new TextType<>(new DurationForm()), "How long the program may take.")
          .otherwise("30s");

  static final Key<Redirect.Vip> VIP =
      Key.optional(
          "vip",
          new TextType<>(new NetworkAddressForm()),
          "An address with its prefix that the leader's host holds.");
  static final Key<String> DEVICE =
      Key.optional(
          "device",
          new TextType<>(new DeviceForm()),
          "The network interface that holds the address, on every node.");

  static final Key<Redirect.Endpoint> HAPROXY =
      Key.optional(
          "haproxy",
          new TextType<>(new EndpointForm()),
          "HAProxy's runtime API, as host reaches it: unix:/PATH or HOST:PORT.");
  static final Key<String> BACKEND =
      Key.optional(
          "backend", new TextType<>(new ProxyNameForm("a backend's name")), "HAProxy's backend.");
  static final Key<MapType.Named<NodeName, String>> SERVERS =
      Key.optional(
              "servers",
              new MapType<>(
                  "servers",
                  new NodeNameForm(),
                  new TextType<>(new ProxyNameForm("a server's name")),
                  1),
              "What each node is called in that backend.")
          .otherwise("the nodes' names");

  static final Key<NodeName> ON =
      Key.optional(
          "on", new TextType<>(new NodeNameForm()), "The node on whose host PgBouncer runs.");
  static final Key<String> HOST =
      Key.optional(
          "host",
          new TextType<>(new HostForm()),
          "PgBouncer's host, where it is no node's; or the host from which HAProxy is reached.");
  static final Key<String> OS_USER =
      Key.optional(
              "os_user",
              new TextType<>(new AccountForm("a user", 32)),
              "The operating system's user that may do it on host.")
          .otherwise("pgbouncer: postgres; haproxy: whoever logs in");
  static final Key<String> SOCKET =
      Key.optional(
              "socket",
              new TextType<>(new SocketForm()),
              "The folder of PgBouncer's socket, or the address where it listens on its host.")
          .otherwise("/var/run/postgresql");
  static final Key<Integer> PORT =
      Key.optional("port", new WholeType("a port", 1, 65535), "PgBouncer's port.")
          .otherwise("6432");
  static final Key<String> NAME =
      Key.required(
          "database",
          new TextType<>(new AccountForm("a database", 63)),
          "What clients ask PgBouncer for.");
  static final Key<String> DBNAME =
      Key.optional(
              "dbname",
              new TextType<>(new AccountForm("a database", 63)),
              "What that is called on the server.")
          .otherwise("as clients call it");
  static final Key<String> USER =
      Key.optional(
              "user",
              new TextType<>(new AccountForm("a user", 63)),
              "Who may use PgBouncer's admin console.")
          .otherwise("pgbouncer");
  static final Key<SecretSource> PASSWORD =
      Key.optional(
              "password",
              new SecretType(SecretType.Bare.SECRET),
              "That user's password at the admin console.")
          .otherwise("none: by the socket, as PgBouncer's own user");
  static final Key<String> FILE =
      Key.optional(
              "file",
              new TextType<>(new HostPathForm()),
              "The file that replctl writes and that pgbouncer.ini includes at its end.")
          .otherwise("/etc/pgbouncer/replctl-DATABASE.ini");
  static final Key<MapType.Named<String, String>> OPTIONS =
      Key.optional(
          "options",
          new MapType<>(
              "options", new PoolOptionForm(), new TextType<>(new PoolOptionForm.Setting()), 1),
          "Further settings of that database, such as pool_size.");
  static final Section POOLER =
      Section.of(
          "pgbouncer",
          ON,
          HOST,
          NodeKeys.CONNECTION,
          NodeKeys.SSH,
          OS_USER,
          SOCKET,
          PORT,
          NAME,
          DBNAME,
          USER,
          PASSWORD,
          FILE,
          OPTIONS);
  static final Key<Fields> PGBOUNCER =
      Key.optional("pgbouncer", POOLER, "A database of PgBouncer that leads to the leader.");

  static final Section SECTION =
      Section.of(
          "a redirect",
          COMMAND,
          TIMEOUT,
          VIP,
          DEVICE,
          HAPROXY,
          HOST,
          NodeKeys.CONNECTION,
          NodeKeys.SSH,
          OS_USER,
          BACKEND,
          SERVERS,
          PGBOUNCER);

  private RedirectKeys() {}
}
