package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import replctl.it.probe.ProbeProcess;
import replctl.it.site.Site;

/** Passwords and certificates are renewed while a client writes, on whichever site. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RotateCases {
  private static final List<String> ROLES = List.of("replctl_replication", "replctl_rewind");

  protected Site site;
  private String leader;
  private List<String> followers;

  abstract Site open();

  /** The operator's folder of the cluster's secrets. */
  abstract Path secrets();

  /** A node's folder of replctl's files. */
  abstract String state(String node);

  @BeforeAll
  void begin() {
    site = open();
  }

  @AfterAll
  void end() {
    if (site != null) {
      site.close();
    }
  }

  @BeforeEach
  void ready() {
    site.ready();
    leader = site.leaders().get(0);
    followers = site.nodes().stream().filter(n -> !n.equals(leader)).toList();
  }

  private Map<String, String> of(List<String> nodes, UnaryOperator<String> what) {
    Map<String, String> all = new TreeMap<>();
    nodes.forEach(n -> all.put(n, what.apply(n)));
    return all;
  }

  private String secret(String name) {
    try {
      return Files.readString(secrets().resolve(name)).strip();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private String password(String role) {
    return secret(role.replace("replctl_", "") + "-password");
  }

  private List<String> names() {
    try (Stream<Path> files = Files.list(secrets())) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** What a login with that password says; the servers ask for TLS and a password there. */
  private String login(String node, String role, String password) {
    return site.shell(
        node,
        "PGPASSWORD='"
            + password
            + "' PGSSLMODE=require psql -XAtq -h 127.0.0.1 -p "
            + site.sql(node, "show port")
            + " -U "
            + role
            + " 'dbname=postgres"
            + (role.endsWith("replication")
                ? " replication=true' -c IDENTIFY_SYSTEM"
                : "' -c 'select 1'")
            + " 2>&1 || true");
  }

  /** Walreceivers, by when they began: one that was let go on has not begun again. */
  private Map<String, String> receivers() {
    return of(
        followers,
        n ->
            site.sql(
                n,
                "select backend_start from pg_stat_activity where backend_type = 'walreceiver'"));
  }

  @Test
  void passwordsAreRenewedAndNobodyIsCutOff() {
    Map<String, String> old = of(ROLES, this::password);
    List<String> names = names();
    Map<String, String> started = of(site.nodes(), site::started);
    Map<String, String> receivers = receivers();
    try (ProbeProcess probe = site.writes()) {
      assertThat(site.replctl().run("rotate", "password", "--dry-run").exits(0).out())
          .contains("replication-password (0 d old)", "wal_retrieve_retry_interval");
      assertThat(of(ROLES, this::password)).isEqualTo(old);
      assertThat(site.replctl().run("rotate", "password", "--yes").exits(0).out())
          .contains("DONE", "rotate password of shop");
      probe.awaitMore();
      probe.keptAll(site.name() + ", passwords renewed");
    }
    assertThat(of(site.nodes(), site::started)).isEqualTo(started);
    assertThat(receivers()).isEqualTo(receivers);
    assertThat(names()).isEqualTo(names);
    for (String role : ROLES) {
      assertThat(password(role)).isNotEqualTo(old.get(role));
      for (String node : site.nodes()) {
        assertThat(login(node, role, old.get(role))).contains("password authentication failed");
        assertThat(login(node, role, password(role))).doesNotContain("failed");
      }
    }
    letInAgain();
    assertThat(site.replctl().run("init", "--yes").exits(0).out()).contains("Nothing to do");
  }

  /** A follower that starts logs in; whoever leads next lets the others in. */
  private void letInAgain() {
    String to = followers.get(0);
    try (ProbeProcess probe = site.writes()) {
      site.replctl().run("restart", followers.get(1), "--yes").exits(0);
      site.awaitFollowers(leader);
      site.replctl().run("switchover", "--to", to, "--yes").exits(0);
      site.awaitFollowers(to);
      site.replctl().run("switchback", "--yes").exits(0);
      site.awaitFollowers(leader);
      probe.awaitMore();
      probe.keptAll(site.name() + ", restarted and handed over after that");
    }
    assertThat(site.unfinished()).isEmpty();
  }

  /** Wherever it is cut off: finished, the new ones let in; taken back, the old ones do. */
  @Test
  @Tag("long")
  void oneThatWasCutOffIsFinishedOrTakenBack() {
    for (int line : List.of(6, 10, 13)) {
      Map<String, String> old = of(ROLES, this::password);
      cutOff(line, "abort", 16);
      assertThat(of(ROLES, this::password)).as("taken back at line " + line).isEqualTo(old);
      cutOff(line, "resume", 0);
      ROLES.forEach(role -> assertThat(password(role)).isNotEqualTo(old.get(role)));
    }
    site.replctl().run("restart", followers.get(0), "--yes").exits(0);
    site.awaitFollowers(leader);
  }

  private void cutOff(int line, String how, int code) {
    List<Path> before = site.journals();
    List<String> names = names();
    try (Replctl.Running running = site.replctl().start("rotate", "password", "--yes")) {
      assertThat(site.killAtLine(running, before, line)).isTrue();
    }
    site.replctl().run("op", how).exits(code);
    assertThat(site.unfinished()).isEmpty();
    assertThat(names()).isEqualTo(names);
    site.awaitFollowers(leader);
    for (String role : ROLES) {
      assertThat(login(leader, role, password(role)))
          .as(how + " at line " + line)
          .doesNotContain("failed");
    }
  }

  /** The certificate that a node's server shows. */
  private String shown(String node) {
    return site.shell(
        node,
        "openssl s_client -starttls postgres -connect 127.0.0.1:"
            + site.sql(node, "show port")
            + " </dev/null 2>/dev/null | openssl x509 -noout -fingerprint -sha256");
  }

  private String trusted(String node) {
    return site.shell(node, "cat '" + state(node) + "/tls/ca.crt'").strip();
  }

  @Test
  void certificatesAreRenewedAndSoIsTheAuthority() {
    Map<String, String> started = of(site.nodes(), site::started);
    Map<String, String> receivers = receivers();
    Map<String, String> before = of(site.nodes(), this::shown);
    String authority = secret("ca.crt");
    String one = followers.get(0);
    assertThat(site.replctl().run("rotate", "certificate", "--dry-run").exits(0).out())
        .contains(one + "'s ends on 20");
    assertThat(of(site.nodes(), this::shown)).isEqualTo(before);

    try (ProbeProcess probe = site.writes()) {
      site.replctl().run("rotate", "certificate", one, "--yes").exits(0);
      for (String node : site.nodes()) {
        assertThat(shown(node).equals(before.get(node))).isEqualTo(!node.equals(one));
      }
      assertThat(secret("ca.crt")).isEqualTo(authority);

      assertThat(site.replctl().run("rotate", "certificate", "--authority", "--yes").exits(0).out())
          .contains("DONE", "rotate certificate of shop");
      probe.awaitMore();
      probe.keptAll(site.name() + ", certificates and their authority renewed");
    }
    assertThat(secret("ca.crt")).isNotEqualTo(authority);
    for (String node : site.nodes()) {
      assertThat(shown(node)).isNotEqualTo(before.get(node));
      assertThat(trusted(node)).isEqualTo(secret("ca.crt"));
    }
    assertThat(of(site.nodes(), site::started)).isEqualTo(started);
    assertThat(receivers()).isEqualTo(receivers);
    letInAgain();
    assertThat(site.replctl().run("init", "--yes").exits(0).out()).contains("Nothing to do");
  }
}
