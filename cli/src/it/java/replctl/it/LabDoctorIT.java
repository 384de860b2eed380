package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import replctl.it.site.BusySession;
import replctl.it.site.LabSite;
import replctl.it.site.Site;

/** What doctor finds on PostgreSQL's hosts, one thing amiss at a time; each is taken back. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LabDoctorIT {
  /** Where a lab has neither drilled nor a source of time. */
  private static final List<String> ALWAYS = List.of("fence-undrilled", "clock-free");

  private static final String UNIT = "/etc/systemd/system/postgresql@17-main.service.d";

  private LabSite site;

  @BeforeAll
  void begin() {
    site = LabSite.open();
    site.ready("pg1");
  }

  @AfterAll
  void end() {
    if (site != null) {
      site.close();
    }
  }

  private String doctor() {
    return site.replctl().run("doctor").exits(0).out();
  }

  @Test
  void ofHostsAsInitLeavesThemNothingElseIsSaid() {
    String found = site.replctl().run("doctor", "-o", "json").exits(0).out();

    assertThat(
            Pattern.compile("\"code\": \"([a-z-]+)\"")
                .matcher(found)
                .results()
                .map((MatchResult code) -> code.group(1)))
        .isSubsetOf(ALWAYS);
  }

  @Test
  void anExtensionThatAFollowerCanNotLoad() {
    String file = "/usr/share/postgresql/17/extension/pg_trgm.control";
    site.sql("pg1", "create extension pg_trgm");
    site.shell("pg2", "mv " + file + " " + file + ".away");
    try {
      assertThat(doctor())
          .contains("extension pg_trgm 1.6 of database postgres is not installed on its host")
          .contains("install its package on pg2, as on pg1")
          .doesNotContain("install its package on pg3");
    } finally {
      site.shell("pg2", "mv " + file + ".away " + file);
      site.sql("pg1", "drop extension pg_trgm");
    }
    assertThat(doctor()).doesNotContain("extension");
  }

  @Test
  void aUnitThatIsStartedAgainByItself() {
    site.shell(
        "pg3",
        "printf '[Service]\\nRestart=always\\n' > "
            + UNIT
            + "/again.conf; systemctl daemon-reload");
    try {
      assertThat(doctor()).contains("Restart=always of postgresql@17-main: systemd starts");
    } finally {
      site.shell("pg3", "rm " + UNIT + "/again.conf; systemctl daemon-reload");
    }
  }

  @Test
  void aRuleThatSudoLacks() {
    site.shell("pg2", "cp /etc/sudoers.d/dba /root/dba; sed -i /unmask/d /etc/sudoers.d/dba");
    try {
      assertThat(doctor())
          .contains("sudo does not grant what starts, stops and closes its server (E-RIGHTS-01)")
          .contains("of which these lack: unmask postgresql@17-main");
    } finally {
      site.shell("pg2", "mv /root/dba /etc/sudoers.d/dba");
    }
  }

  /** What is printed is what a host that has it all grants: sudo itself is asked. */
  @Test
  void everyLineThatIsPrintedIsGrantedHere() {
    site.declare("pg1", "service: postgresql@17-main");
    try {
      List<String> rules =
          site.replctl()
              .run("doctor", "--privileges")
              .exits(0)
              .out()
              .lines()
              .filter(
                  line -> line.startsWith("dba ALL=(root) NOPASSWD: ") && !line.contains("MAJOR"))
              .map(line -> line.substring("dba ALL=(root) NOPASSWD: ".length()))
              .distinct()
              .toList();

      assertThat(rules).hasSizeGreaterThan(8);
      for (String rule : rules) {
        assertThat(site.shell("pg1", "runuser -u dba -- sudo -n -l " + rule)).isEqualTo(rule);
      }
    } finally {
      site.declare("pg1", "");
    }
  }

  @Test
  void anAuthorityThatEndsSoon() {
    String trusted = "~postgres/.replctl/shop/pg3/tls/ca.crt";
    site.shell(
        "pg3",
        "cd /root; cp "
            + trusted
            + " kept; openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key"
            + " -out soon -days 5 -subj /CN=soon 2> /dev/null; cat soon kept > "
            + trusted);
    try {
      assertThat(doctor())
          .contains("the certificate of the authority that it trusts")
          .containsPattern("tls/ca.crt\\) ends on [0-9-]+, in 4 d");
    } finally {
      site.shell("pg3", "cat /root/kept > " + trusted);
    }
  }

  @Test
  void aTransactionThatASwitchoverWouldEnd() {
    try (BusySession open = site.busy("pg1", "select pg_sleep(600)")) {
      Site.await("it is old enough", () -> doctor().contains("a switchover ends it"));

      assertThat(open.isAlive()).isTrue();
      assertThat(doctor()).contains("a transaction of postgres (pid ").contains(", active) is ");
    } finally {
      site.sql(
          "pg1",
          "select pg_terminate_backend(pid) from pg_stat_activity where query = 'select"
              + " pg_sleep(600)'");
    }
  }

  @Test
  void whatCanNotBeAskedIsNotCalledWell() {
    site.shell("pg2", "systemctl stop postgresql@17-main");
    try {
      assertThat(doctor())
          .contains("not known, and so not judged: databases (its server does not run)");
    } finally {
      site.shell("pg2", "systemctl start postgresql@17-main");
      site.awaitFollowers("pg1");
    }
  }
}
