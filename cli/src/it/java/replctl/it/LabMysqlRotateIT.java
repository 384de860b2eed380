package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import replctl.it.probe.ProbeProcess;
import replctl.it.site.MysqlHosts;

/** MySQL's passwords and certificates are renewed on real hosts, while a client writes. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("long")
class LabMysqlRotateIT {
  private MysqlHosts hosts;
  private String leader;
  private List<String> followers;

  @BeforeAll
  void begin() {
    hosts = MysqlHosts.ready();
  }

  @AfterAll
  void end() {
    if (hosts != null) {
      hosts.close();
    }
  }

  @BeforeEach
  void ready() {
    assertThat(hosts.leaders()).hasSize(1);
    leader = hosts.leaders().get(0);
    hosts.awaitFollowers(leader);
    followers = hosts.nodes().stream().filter(n -> !n.equals(leader)).toList();
  }

  private Map<String, String> of(List<String> nodes, UnaryOperator<String> what) {
    Map<String, String> all = new TreeMap<>();
    nodes.forEach(n -> all.put(n, what.apply(n)));
    return all;
  }

  private String secret(String name) throws IOException {
    return Files.readString(hosts.secrets().resolve("blog").resolve(name)).strip();
  }

  /** What a login with that password of the followers' account says. */
  private String login(String node, String password) {
    return hosts.shell(
        node,
        "MYSQL_PWD='"
            + password
            + "' mysql --no-defaults --protocol=TCP --host=127.0.0.1 --user=replctl_replication"
            + " --ssl-mode=REQUIRED -Ne 'select 1' 2>&1 || true");
  }

  private String shown(String node) {
    return hosts.shell(
        node,
        "openssl s_client -starttls mysql -connect 127.0.0.1:3306 </dev/null 2>/dev/null"
            + " | openssl x509 -noout -fingerprint -sha256");
  }

  private String process(String node) {
    return hosts.shell(node, "p=$(pgrep -x mysqld) && echo $p $(ps -o lstart= -p $p)");
  }

  private void letInAgain() {
    String to = followers.get(0);
    hosts.replctl().run("restart", followers.get(1), "--yes").exits(0);
    hosts.awaitFollowers(leader);
    hosts.awaitCanLead(to);
    hosts.replctl().run("switchover", "--to", to, "--yes").exits(0);
    hosts.awaitFollowers(to);
    hosts.awaitCanLead(leader);
    hosts.replctl().run("switchback", "--yes").exits(0);
    hosts.awaitFollowers(leader);
    assertThat(hosts.unfinished()).isEmpty();
  }

  @Test
  void passwordsAreRenewedAndNothingIsLost() throws IOException {
    String old = secret("replication-password");
    Map<String, String> before = of(hosts.nodes(), this::process);
    try (ProbeProcess writes = hosts.writes()) {
      assertThat(hosts.replctl().run("rotate", "password", "--yes").exits(0).out())
          .contains("DONE", "rotate password of");
      writes.awaitMore();
      letInAgain();
      writes.keptAll("lab, MySQL, passwords renewed, then handed over and back");
    }
    assertThat(process(leader)).isEqualTo(before.get(leader));
    String now = secret("replication-password");
    assertThat(now).isNotEqualTo(old);
    for (String node : hosts.nodes()) {
      assertThat(login(node, old)).contains("1045");
      assertThat(login(node, now)).contains("1").doesNotContain("ERROR");
    }
  }

  @Test
  void certificatesAreRenewedAndSoIsTheAuthority() throws IOException {
    Map<String, String> before = of(hosts.nodes(), this::shown);
    String authority = secret("ca.crt");
    try (ProbeProcess writes = hosts.writes()) {
      hosts.replctl().run("rotate", "certificate", followers.get(0), "--yes").exits(0);
      assertThat(shown(followers.get(0))).isNotEqualTo(before.get(followers.get(0)));
      assertThat(shown(leader)).isEqualTo(before.get(leader));
      hosts.replctl().run("rotate", "certificate", "--authority", "--yes").exits(0);
      writes.awaitMore();
      letInAgain();
      writes.keptAll("lab, MySQL, certificates and their authority renewed");
    }
    assertThat(secret("ca.crt")).isNotEqualTo(authority);
    for (String node : hosts.nodes()) {
      assertThat(shown(node)).isNotEqualTo(before.get(node));
      assertThat(hosts.shell(node, "cat '" + hosts.state(node) + "/tls/ca.crt'").strip())
          .isEqualTo(secret("ca.crt"));
    }
  }
}
