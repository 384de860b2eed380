package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import replctl.it.site.LabSite;
import replctl.it.site.Shell;
import replctl.it.site.Site;

/** Certificates that end soon, or have ended, and the operator's own. */
@Tag("lab")
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LabTlsIT {
  private static final List<String> NODES = List.of("pg1", "pg2", "pg3");

  @TempDir Path folder;
  private LabSite site;

  @BeforeAll
  void begin() {
    site = LabSite.open();
    site.ready();
  }

  @AfterAll
  void end() {
    if (site != null) {
      site.wipe(); // The next class gets certificates of replctl's authority again.
      site.close();
    }
  }

  @Test
  @Order(1)
  void renewsWhatEndsSoonWithoutARestart() {
    NODES.forEach(node -> signed(node, "-days 5"));
    List<String> soon = NODES.stream().map(this::shown).toList();
    String started = started();
    String day = site.shell("pg1", "date -u -d '+5 days' +%F");

    Replctl.Result status = site.replctl().run("status", "-o", "wide").exits(0);

    assertThat(status.out())
        .contains(
            "to " + day,
            "its certificate ends on " + day + ", in 4 d",
            "replctl rotate certificate renews it");
    assertThat(site.replctl().run("init", "--dry-run").exits(0).out())
        .contains("pg2: certificate: ends " + day + "; a new one for DNS:pg2");
    site.replctl().run("init", "--yes").exits(0);
    renewed(soon, started);
    assertThat(site.replctl().run("status").exits(0).out()).contains("healthy");
  }

  /** Then no follower gets in any more, until they are renewed. */
  @Test
  @Order(2)
  void renewsWhatHasEnded() {
    NODES.forEach(node -> signed(node, "-days 0"));
    List<String> ended = NODES.stream().map(this::shown).toList();
    String started = started();
    String leader = site.leaders().get(0);
    site.sql(leader, "select pg_terminate_backend(pid) from pg_stat_replication");
    Site.await(
        "a follower refuses the certificate",
        () ->
            site.shell(
                    follower(leader),
                    "grep -cE 'certificate (verify failed|has expired)' /var/log/postgresql/*-main.log || :")
                .matches("[1-9][0-9]*"));
    assertThat(site.sql(leader, "select count(*) from pg_stat_replication")).isEqualTo("0");
    assertThat(site.replctl().run("status").exits(0).out()).contains("its certificate ended on");

    site.replctl().run("init", "--yes").exits(0);

    renewed(ended, started);
  }

  @Test
  @Order(3)
  void takesTheOperatorsOwn() {
    List<String> before = NODES.stream().map(this::shown).toList();
    String started = started();
    openssl(
        "req -x509 -newkey rsa:2048 -nodes -days 90 -subj '/CN=ours' -keyout ours.key -out ours.crt");
    for (String node : NODES) {
      openssl(
          "req -newkey rsa:2048 -nodes -subj /CN="
              + node
              + " -keyout "
              + node
              + ".key -out "
              + node
              + ".csr");
      openssl(
          "x509 -req -in "
              + node
              + ".csr -CA ours.crt -CAkey ours.key -CAcreateserial -days 60"
              + " -extfile <(echo subjectAltName=DNS:"
              + node
              + ") -out "
              + node
              + ".crt");
      site.declare(
          node,
          "database: {tls: {ca: %1$s/ours.crt, certificate: %1$s/%2$s.crt, key: {file: %1$s/%2$s.key}}}"
              .formatted(folder, node));
    }

    site.replctl().run("init", "--renew-certificates", "--yes").exits(0);

    renewed(before, started);
    for (String node : NODES) {
      assertThat(shown(node)).isEqualTo(fingerprintOf(folder.resolve(node + ".crt")));
    }
    assertThat(site.replctl().run("init", "--yes").exits(0).out()).contains("Nothing to do");
  }

  /** Each server shows another certificate; it was not restarted; its followers come in with it. */
  private void renewed(List<String> before, String started) {
    String leader = site.leaders().get(0);
    assertThat(NODES.stream().map(this::shown)).doesNotContainAnyElementsOf(before);
    assertThat(started()).isEqualTo(started);
    site.awaitFollowers(leader);
    site.sql(leader, "select pg_terminate_backend(pid) from pg_stat_replication");
    site.awaitFollowers(leader);
    for (String node : NODES) {
      if (!node.equals(leader)) {
        assertThat(site.sql(node, "select conninfo from pg_stat_wal_receiver"))
            .contains("sslmode=verify-full");
      }
    }
    assertThat(
            site.sql(
                leader,
                "select distinct ssl from pg_stat_replication join pg_stat_ssl using (pid)"))
        .isEqualTo("t");
  }

  /** The node's request, signed once more by replctl's authority and shown from now on. */
  private void signed(String node, String life) {
    String current = "/var/lib/postgresql/.replctl/shop/" + node + "/tls/current/server";
    String request = folder.resolve("request").toString();
    Shell.run(
        List.of(
            "bash",
            "-c",
            "cat > \"$0\" <<< \"$1\"",
            request,
            site.shell(node, "cat " + current + ".csr")));
    Path authority = site.secrets().resolve("shop");
    openssl(
        "x509 -req -in request -CA "
            + authority
            + "/ca.crt -CAkey "
            + authority
            + "/ca.key "
            + life
            + " -set_serial 0x$(openssl rand -hex 8) -extfile <(echo subjectAltName=DNS:"
            + node
            + ") -out short");
    String text = Shell.run(List.of("cat", folder.resolve("short").toString()));
    site.shell(node, "cat > " + current + ".crt <<'E'\n" + text + "\nE\n");
    site.sql(node, "select pg_reload_conf()");
    String wanted = fingerprintOf(folder.resolve("short"));
    Site.await(node + " shows it", () -> shown(node).equals(wanted));
  }

  private void openssl(String words) {
    Shell.run(List.of("bash", "-c", "set -e; cd \"$0\"; openssl " + words, folder.toString()));
  }

  private static String fingerprintOf(Path certificate) {
    return Shell.run(
        List.of(
            "openssl", "x509", "-noout", "-fingerprint", "-sha256", "-in", certificate.toString()));
  }

  /** The fingerprint of what the server shows to who asks. */
  private String shown(String node) {
    return site.shell(
        node,
        "openssl s_client -starttls postgres -connect 127.0.0.1:5432 < /dev/null 2> /dev/null"
            + " | openssl x509 -noout -fingerprint -sha256");
  }

  private static String follower(String leader) {
    return NODES.stream().filter(n -> !n.equals(leader)).findFirst().orElseThrow();
  }

  private String started() {
    return NODES.stream().map(site::started).collect(Collectors.joining("\n"));
  }
}
