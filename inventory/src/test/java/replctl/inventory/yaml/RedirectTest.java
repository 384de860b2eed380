package replctl.inventory.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import replctl.inventory.Cluster;
import replctl.inventory.Gateway;
import replctl.inventory.Hooks;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.inventory.OwnProgram;
import replctl.inventory.Redirect;
import replctl.inventory.Ssh;
import replctl.inventory.secret.SecretSource;

/** Hooks and redirects: what good ones become, and what is wrong with bad ones. */
class RedirectTest {
  private static final NodeName N1 = new NodeName("n1");

  @Test
  void nobodyHasThemUnasked() {
    Cluster cluster = Marked.cluster("").onlyCluster();

    assertThat(cluster.hooks()).isEqualTo(Hooks.NONE);
    assertThat(cluster.redirects()).isEmpty();
  }

  @Test
  void hooksAreProgramsBesideTheInventory() {
    Cluster cluster =
        Marked.cluster(
                """
                hooks:
                  before_promotion: {command: [hooks/ask, "$(id)"], timeout: 500ms}
                  after_promotion: {command: [/bin/true]}
                """)
            .onlyCluster();

    assertThat(cluster.hooks())
        .isEqualTo(
            new Hooks(
                Optional.of(
                    new OwnProgram(List.of("/inv/hooks/ask", "$(id)"), Duration.ofMillis(500))),
                Optional.of(new OwnProgram(List.of("/bin/true"), Duration.ofSeconds(30)))));
  }

  @Test
  void redirectsKeepTheirOrder() {
    Cluster cluster =
        Marked.cluster(
                """
                ssh: {user: dba, identity: /k}
                redirect:
                  - {vip: 10.0.0.100/24, device: eth0}
                  - {vip: "fd00::64/64", device: bond0.12}
                  - haproxy: "unix:/run/haproxy/admin.sock"
                    host: lb
                    backend: shop
                    servers: {n1: 1}
                  - {haproxy: "[fd00::1]:9999", backend: shop}
                  - {command: [dns], timeout: 5s}
                  - pgbouncer: {on: n2, database: shop}
                  - pgbouncer:
                      host: lb
                      ssh: {port: 23}
                      os_user: pooler
                      socket: 127.0.0.1
                      port: 6433
                      database: shop
                      dbname: shop_1
                      user: admin
                      password: {env: P}
                      file: /srv/pgb/shop.ini
                      options: {pool_size: 40, connect_query: "SELECT 1"}
                """)
            .onlyCluster();

    Ssh lb = ssh(Optional.empty());
    Ssh ssh = ssh(Optional.of(23));
    assertThat(cluster.redirects())
        .containsExactly(
            new Redirect.Vip("10.0.0.100", 24, "eth0"),
            new Redirect.Vip("fd00::64", 64, "bond0.12"),
            new Redirect.Haproxy(
                new Redirect.Endpoint.Unix("/run/haproxy/admin.sock"),
                Optional.of(new Gateway("lb", Node.Connection.SSH, lb, Optional.empty())),
                "shop",
                Map.of(N1, "1")),
            new Redirect.Haproxy(
                new Redirect.Endpoint.Tcp("fd00::1", 9999), Optional.empty(), "shop", Map.of()),
            new Redirect.Program(new OwnProgram(List.of("dns"), Duration.ofSeconds(5))),
            new Redirect.Pgbouncer(
                Optional.of(new NodeName("n2")),
                Optional.empty(),
                "/var/run/postgresql",
                6432,
                "shop",
                "shop",
                "pgbouncer",
                Optional.empty(),
                "/etc/pgbouncer/replctl-shop.ini",
                Map.of()),
            new Redirect.Pgbouncer(
                Optional.empty(),
                Optional.of(new Gateway("lb", Node.Connection.SSH, ssh, Optional.of("pooler"))),
                "127.0.0.1",
                6433,
                "shop",
                "shop_1",
                "admin",
                Optional.of(new SecretSource.FromEnvironment("P")),
                "/srv/pgb/shop.ini",
                Map.of("pool_size", "40", "connect_query", "SELECT 1")));
    Redirect.Haproxy haproxy = (Redirect.Haproxy) cluster.redirects().get(2);
    assertThat(haproxy.server(N1)).isEqualTo("1");
    assertThat(haproxy.server(new NodeName("n2"))).isEqualTo("n2");
  }

  private static Ssh ssh(Optional<Integer> port) {
    return new Ssh(
        Optional.of("dba"),
        port,
        Optional.of(Path.of("/k")),
        Optional.empty(),
        List.of(),
        Ssh.Transport.SSHJ,
        Duration.ofSeconds(2));
  }

  record Case(Marked text, String problem) {
    @Override
    public String toString() {
      return problem;
    }
  }

  private static Case hook(String keys, String problem) {
    return new Case(Marked.cluster("hooks: {" + keys + "}"), "error: clusters.a.hooks" + problem);
  }

  private static Case redirect(String keys, String problem) {
    return new Case(
        Marked.cluster("redirect:\n- " + keys), "error: clusters.a.redirect[0]" + problem);
  }

  private static Case pooler(String keys, String problem) {
    return new Case(
        Marked.cluster("redirect:\n- pgbouncer: " + keys),
        "error: clusters.a.redirect[0].pgbouncer" + problem);
  }

  static Stream<Case> bad() {
    return Stream.of(
        hook(
            "¦before_promotoin: {command: [x]}",
            ".before_promotoin: unknown key in hooks; did you mean \"before_promotion\"?"),
        hook(
            "before_promotion: {command: ¦./x; rm}",
            ".before_promotion.command: expected a program and its arguments as a list: [pass,"
                + " db/shop]; no shell reads it"),
        hook(
            "after_promotion: ¦{timeout: 3s}",
            ".after_promotion: \"command\" is missing: a program on the operator's host; values"
                + " come in its environment and on its input"),
        redirect("¦{device: eth0}", ": a redirect needs one of command, vip, haproxy or pgbouncer"),
        redirect(
            "¦{vip: 10.0.0.1/24, command: [x], device: eth0}",
            ": command and vip exclude each other"),
        redirect("{command: [x], device: ¦eth0}", ".device: a redirect with command has no device"),
        redirect(
            "{command: [x], ¦timeuot: 3s}",
            ".timeuot: unknown key in a redirect; did you mean \"timeout\"?"),
        redirect(
            "¦{vip: 10.0.0.1/24}",
            ": a redirect with vip needs device, the network interface that holds the address"),
        redirect(
            "{vip: ¦10.0.0.100, device: eth0}",
            ".vip: expected an address with its prefix, such as 10.0.0.100/24, found"
                + " \"10.0.0.100\": the prefix is missing; did you mean \"10.0.0.100/24\"?"),
        redirect(
            "{vip: ¦10.0.0.100/33, device: eth0}",
            ".vip: expected an address with its prefix, such as 10.0.0.100/24, found"
                + " \"10.0.0.100/33\": a prefix is from 1 to 32"),
        redirect(
            "{vip: ¦127.0.0.1/8, device: lo}",
            ".vip: expected an address with its prefix, such as 10.0.0.100/24, found"
                + " \"127.0.0.1/8\": no host can share that address"),
        redirect(
            "{vip: 10.0.0.1/24, device: ¦\"eth0;id\"}",
            ".device: expected a network interface such as eth0, found \"eth0;id\""),
        redirect(
            "{vip: 10.0.0.1/24, device: ¦-f}",
            ".device: expected a network interface such as eth0, found \"-f\""),
        redirect(
            "{vip: 10.0.0.1/24, device: eth0, host: ¦h}", ".host: a redirect with vip has no host"),
        redirect("¦{haproxy: \"lb:9999\"}", ": a redirect with haproxy needs backend"),
        redirect(
            "{haproxy: ¦/run/a.sock, backend: b}",
            ".haproxy: expected unix:/PATH or HOST:PORT, found \"/run/a.sock\"; did you mean"
                + " \"unix:/run/a.sock\"?"),
        redirect(
            "{haproxy: ¦lb, backend: b}",
            ".haproxy: expected unix:/PATH or HOST:PORT, found \"lb\": the port is missing"),
        redirect(
            "{haproxy: \"lb:1\", backend: ¦\"b; shutdown\"}",
            ".backend: expected a backend's name, found \"b; shutdown\": letters, digits, \"-\","
                + " \"_\", \".\" and \":\" stand in it"),
        redirect(
            "{haproxy: \"lb:1\", backend: b, servers: ¦{n11: x}}",
            ".servers: there is no node n11 in this cluster; did you mean \"n1\"?"),
        redirect(
            "{haproxy: \"lb:1\", backend: b, servers: ¦{n1: x, n2: x}}",
            ".servers: two nodes have one server's name"),
        pooler("¦{database: d}", ": pgbouncer needs either on, a node of the cluster, or host"),
        pooler(
            "¦{on: n1, host: h, database: d}",
            ": pgbouncer needs either on, a node of the cluster, or host"),
        pooler(
            "{on: n1, os_user: ¦x, database: d}",
            ".os_user: on n1 it is the database's user: set database.os_user there"),
        pooler(
            "{on: ¦n9, database: d}",
            ".on: there is no node n9 in this cluster; did you mean \"n1\"?"),
        pooler(
            "{host: h, database: ¦\"d = x\"}",
            ".database: expected a database, found \"d = x\": U+0020 can't stand in it"),
        pooler(
            "{host: h, database: d, options: {¦host: x}}",
            ".options.host: expected a setting of PgBouncer's, found \"host\""),
        pooler(
            "{host: h, database: d, options: {pool_size: ¦\"1' host='x\"}}",
            ".options.pool_size: expected a setting without quotes and line ends, found \"1'"
                + " host='x\""));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void badOnesAreNamed(Case bad) {
    bad.text().findsErrors(bad.problem());
  }

  @Test
  void theyAreShownWithoutSecrets() {
    JsonNode shown =
        InventoryShow.of(
                Marked.cluster(
                        """
                        hooks: {after_promotion: {command: [/bin/true, x]}}
                        redirect:
                          - {vip: 10.0.0.100/24, device: eth0}
                          - pgbouncer: {on: n1, database: d, password: hunter2}
                        """)
                    .inventory())
            .at("/clusters/0");

    assertThat(shown.toString()).doesNotContain("hunter2");
    assertThat(shown.at("/hooks").toString())
        .isEqualTo(
            "{\"beforePromotion\":null,\"afterPromotion\":{\"command\":[\"/bin/true\",\"x\"],"
                + "\"timeoutSeconds\":30}}");
    assertThat(shown.at("/redirect/0").toString())
        .isEqualTo("{\"vip\":\"10.0.0.100/24\",\"device\":\"eth0\"}");
    assertThat(shown.at("/redirect/1/pgbouncer/password").asText()).isEqualTo("***");
    assertThat(shown.at("/redirect/1/pgbouncer/host").isNull()).isTrue();
  }

  /** It would sit in front of a server that it can't talk to. */
  @Test
  void pgbouncerIsForPostgresqlAlone() {
    String text =
        """
        version: 1
        clusters:
          blog:
            engine: mysql
            replication: {mode: async}
            nodes:
              my1: {host: my1.example.net}
            redirect:
              - pgbouncer: {on: my1, database: app}
        """;
    List<Problem> errors =
        new InventoryReader()
            .read(Path.of("replctl.yaml"), text.getBytes(StandardCharsets.UTF_8))
            .errors();
    assertThat(errors)
        .singleElement()
        .satisfies(
            e -> assertThat(e.toString()).contains("PgBouncer speaks PostgreSQL's protocol alone"));
  }
}
