package replctl.inventory.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import replctl.inventory.Cluster;
import replctl.inventory.Database;
import replctl.inventory.FenceDevice;
import replctl.inventory.Fencing;
import replctl.inventory.Limits;
import replctl.inventory.Node;
import replctl.inventory.Replication;
import replctl.inventory.Size;
import replctl.inventory.Ssh;
import replctl.inventory.Tls;
import replctl.inventory.secret.Secret;
import replctl.inventory.secret.SecretSource;

/** What good values become: literal text, defaults, and a node's keys over its cluster's. */
class GoodValueTest {
  @Test
  void whatIsNotSaidHasADefault() {
    Cluster cluster = Marked.cluster("").onlyCluster();
    Node node = cluster.nodes().get(0);

    assertThat(cluster.replication())
        .isEqualTo(
            new Replication(
                Replication.Mode.SEMI_SYNC,
                1,
                Replication.OnLostSync.BLOCK,
                Duration.ofSeconds(10),
                0));
    assertThat(cluster.fencing().accept())
        .containsExactly(Fencing.Strength.POWER, Fencing.Strength.STOPPED);
    assertThat(cluster.limits()).isEqualTo(Limits.DEFAULTS);
    assertThat(cluster.witnesses()).isEmpty();
    assertThat(node.priority()).isEqualTo(50);
    assertThat(node.mayLead()).isTrue();
    assertThat(node.leader()).isFalse();
    assertThat(node.connection()).isEqualTo(Node.Connection.SSH);
    assertThat(node.ssh()).isEqualTo(Ssh.DEFAULTS);
    assertThat(node.database().port()).isEqualTo(5432);
    assertThat(node.database().user()).isEqualTo("replctl");
    assertThat(node.database().access()).isEqualTo(Database.Access.TUNNEL);
    assertThat(node.database().password()).isEmpty();
  }

  @Test
  void mysqlHasItsOwnPort() {
    Node node =
        Marked.text(
                """
                version: 1
                clusters:
                  a:
                    engine: mysql
                    replication: {mode: async}
                    nodes: {n: {host: h}}
                """)
            .firstNode();

    assertThat(node.database().port()).isEqualTo(3306);
  }

  @Test
  void aNodeOverridesItsClusterKeyByKey() {
    Cluster cluster =
        Marked.text(
                """
                version: 1
                clusters:
                  a:
                    engine: postgresql
                    connection: ssh
                    ssh: {user: dba, port: 2222, jump: bastion}
                    service: pg
                    data_directory: /srv/pg
                    database:
                      os_user: pgsql
                      password: {env: PG}
                      tls: {ca: tls/ca.pem, certificate: tls/all.pem, key: tls/all.key}
                    nodes:
                      n1: {host: h1}
                      n2:
                        host: h2
                        connection: local
                        ssh: {user: root, jump: []}
                        service: pg2
                        database: {port: 6432, tls: {certificate: tls/h2.pem}}
                      n3: {host: h3}
                    witnesses:
                      w1: {host: h4, ssh: {port: 22}}
                      w2: {host: h5}
                """)
            .onlyCluster();
    Node n1 = cluster.nodes().get(0);
    Node n2 = cluster.nodes().get(1);

    assertThat(n1.ssh().user()).contains("dba");
    assertThat(n1.ssh().jump()).containsExactly("bastion");
    assertThat(n1.layout().service()).contains("pg");
    assertThat(n2.connection()).isEqualTo(Node.Connection.LOCAL);
    assertThat(n2.ssh().user()).contains("root");
    assertThat(n2.ssh().port()).contains(2222);
    assertThat(n2.ssh().jump()).isEmpty();
    assertThat(n2.layout().service()).contains("pg2");
    assertThat(n2.layout().dataDirectory()).contains("/srv/pg");
    assertThat(n2.database().port()).isEqualTo(6432);
    assertThat(n2.database().osUser()).contains("pgsql");
    assertThat(n2.database().password()).contains(new SecretSource.FromEnvironment("PG"));
    assertThat(n2.database().tls())
        .contains(
            new Tls(
                Path.of("/inv/tls/ca.pem"),
                Path.of("/inv/tls/h2.pem"),
                new SecretSource.FromFile(Path.of("/inv/tls/all.key"))));
    assertThat(cluster.witnesses().get(0).ssh().port()).contains(22);
    assertThat(cluster.witnesses().get(0).ssh().user()).contains("dba");
    assertThat(cluster.witnesses().get(1).ssh().port()).contains(2222);
  }

  @ParameterizedTest
  @ValueSource(strings = {"on", "off", "yes", "no", "08", "1e3", "0x1F", "1_000", "true", "NaN"})
  void aTextKeyTakesTheLiteralText(String text) {
    assertThat(Marked.node("host: h, region: " + text).firstNode().region()).contains(text);
  }

  @ParameterizedTest
  @CsvSource({"500ms,PT0.5S", "30s,PT30S", "5min,PT5M", "5 min,PT5M", "1h,PT1H", "2d,PT48H"})
  void timesHaveUnits(String text, Duration duration) {
    assertThat(Marked.node("host: h, delay: " + text).firstNode().delay()).contains(duration);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "4096,4096", "1MiB,1048576", "5 GB,5000000000", "0B,0"})
  void lossHasASize(String text, long bytes) {
    assertThat(Marked.cluster("limits: {max_loss: " + text + "}").onlyCluster().limits())
        .isEqualTo(
            new Limits(Duration.ofSeconds(30), Size.mebibytes(100), 80, OptionalLong.of(bytes)));
  }

  @Test
  void lossCanBeAny() {
    assertThat(Marked.cluster("limits: {max_loss: any}").onlyCluster().limits().maxLossBytes())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bastion|bastion",
        "ops@bastion.example.net:2222|ops@bastion.example.net:2222",
        "'\"a, b@c , [::1]:22\"'|a;b@c;[::1]:22",
        "'\"fe80::1\"'|fe80::1",
        "[a, b@c:1]|a;b@c:1"
      })
  void jumpsAreOneOrMore(String text, String hops) {
    String written = text.replace("'", "");
    assertThat(Marked.cluster("ssh: {jump: " + written + "}").firstNode().ssh().jump())
        .isEqualTo(List.of(hops.split(";")));
  }

  @Test
  void pathsStartAtTheInventoryOrAtHome() {
    Ssh ssh = Marked.cluster("ssh: {identity: ~/.ssh/id, known_hosts: ../hosts}").firstNode().ssh();

    assertThat(ssh.identity()).contains(Marked.HOME.resolve(".ssh/id"));
    assertThat(ssh.knownHosts()).contains(Path.of("/hosts"));
  }

  @Test
  void secretsHaveFourSources() {
    assertThat(password("{file: secrets/a}"))
        .isEqualTo(new SecretSource.FromFile(Path.of("/inv/secrets/a")));
    assertThat(password("{file: /run/a}")).isEqualTo(new SecretSource.FromFile(Path.of("/run/a")));
    assertThat(password("{command: [pass, db/a, 08]}"))
        .isEqualTo(new SecretSource.FromCommand(List.of("pass", "db/a", "08")));
    // Not from wherever the operator stands.
    assertThat(password("{command: [./get, x/y]}"))
        .isEqualTo(new SecretSource.FromCommand(List.of("/inv/get", "x/y")));
    assertThat(password("{env: PGPASS_1}")).isEqualTo(new SecretSource.FromEnvironment("PGPASS_1"));
    assertThat(password("{credential: db.a}")).isEqualTo(new SecretSource.FromCredential("db.a"));
  }

  @Test
  void aPlainSecretWarns() {
    Marked marked = Marked.cluster("database: {password: ¦hunter2}");

    marked.finds(
        "warning: clusters.a.database.password: a secret in plain text; better one of {file: ...},"
            + " {command: [...]}, {env: ...}, {credential: ...}");
    assertThat(marked.firstNode().database().password())
        .contains(new SecretSource.Plain(new Secret("hunter2")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a'b", "a@b:c%d", "a\\\\b", " x ", "\u00fc\u4e2d"})
  void aPlainSecretIsTakenLiterally(String secret) {
    String written = secret.replace("\\\\", "\\");

    assertThat(password("\"" + secret + "\""))
        .isEqualTo(new SecretSource.Plain(new Secret(written)));
  }

  @Test
  void fenceHasLevelsAndDevices() {
    Node node =
        Marked.node(
                "host: h, fence: [[{agent: fence_apc, ip: 10.0.0.9, plug: 08},"
                    + " {agent: fence_apc, ip: 10.0.0.10, plug: on}],"
                    + " {command: [scripts/off, n1], timeout: 45s}]")
            .firstNode();

    assertThat(node.fence()).hasSize(2);
    assertThat(node.fence().get(0).devices())
        .extracting(device -> ((FenceDevice.Agent) device).options().get("plug"))
        .containsExactly("08", "on");
    assertThat(node.fence().get(1).devices())
        .containsExactly(
            new FenceDevice.Command(
                List.of("/inv/scripts/off", "n1"), Optional.of(Duration.ofSeconds(45))));
  }

  private static SecretSource password(String written) {
    return Marked.cluster("database: {password: " + written + "}")
        .firstNode()
        .database()
        .password()
        .orElseThrow();
  }
}
