package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import replctl.it.probe.ProbeProcess;
import replctl.it.site.LabSite;

/** The whole way through once, on hosts with PostgreSQL 18. */
@Tag("lab")
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LabPostgresql18IT {
  private LabSite site;

  @BeforeAll
  void begin() {
    site = LabSite.open18();
  }

  @AfterAll
  void end() {
    if (site != null) {
      site.close();
    }
  }

  @Test
  void setsUpHandsOverThereAndBackAndLosesNothing() {
    site.wipe();
    site.replctl().run("init", "--yes").exits(0);
    site.awaitFollowers("pg1");
    assertThat(site.sql("pg1", "show server_version")).startsWith("18");
    // 18 has checksums unless told otherwise: with them nothing waits for wal_log_hints.
    assertThat(site.sql("pg1", "show data_checksums")).isEqualTo("on");
    String before = fingerprints();
    assertThat(site.replctl().run("init", "--yes").exits(0).out()).contains("Nothing to do");
    assertThat(fingerprints()).isEqualTo(before);
    healthy("pg1");

    try (ProbeProcess probe = site.writes()) {
      for (String to : new String[] {"pg2", "pg1"}) {
        site.replctl().run("switchover", "--to", to, "--yes").exits(0);
        assertThat(site.leaders()).containsExactly(to);
        site.awaitFollowers(to);
        probe.awaitMore();
      }
      System.out.println("PostgreSQL 18: " + probe.keptAll());
    }
    healthy("pg1");

    KilledPromotion.goesForward(site, "pg1", "pg2");
    healthy("pg2");
  }

  private void healthy(String leader) {
    Replctl.Result status = site.replctl().run("status", "-o", "wide").exits(0);
    assertThat(status.out())
        .containsPattern("shop +postgresql 18[^ ]* .* healthy")
        .containsPattern(leader + " +leader +writable");
    assertThat(status.out().lines().filter(l -> l.contains("streaming"))).hasSize(2);
  }

  private String fingerprints() {
    return site.nodes().stream().map(site::fingerprint).collect(Collectors.joining("\n"));
  }
}
