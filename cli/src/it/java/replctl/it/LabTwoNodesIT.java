package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import replctl.it.probe.ProbeProcess;
import replctl.it.site.EpochFile;
import replctl.it.site.LabSite;
import replctl.it.site.Site;

/**
 * Two nodes and no witness: whoever is left is no majority, and stands in for one by a proof alone.
 */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LabTwoNodesIT {
  private LabSite lab;

  @BeforeAll
  void begin() {
    lab = LabSite.open();
    lab.lab("heal");
    lab.only("pg1", "pg2");
    lab.wipe();
    lab.replctl().run("init", "--yes").exits(0);
    lab.awaitFollowers("pg1");
  }

  @AfterAll
  void end() {
    if (lab != null) {
      lab.lab("heal");
      lab.lab("up", "3");
      lab.close();
    }
  }

  /** First without a proof, and then with one. */
  @Test
  void theOneThatIsLeftLeadsOnceTheOtherIsProvenToBeClosed() {
    try (ProbeProcess probe = lab.writes()) {
      probe.awaitMore();
      lab.lab("bmc", "pg1", "hang");
      lab.lab("freeze", "pg1");
      Replctl.Result refused = lab.replctl().run("failover", "--acks", "0", "--yes").exits(11);
      assertThat(refused.err()).contains("[E-FENCE-01] pg1 is not fenced.");
      assertThat(EpochFile.epoch(lab, "pg2")).isEqualTo(1);
      assertThat(lab.sql("pg2", "select pg_is_in_recovery()")).isEqualTo("t");
      lab.lab("heal");
      lab.awaitFollowers("pg1");
      assertThat(lab.unfinished()).isEmpty();
      probe.awaitMore();

      lab.lab("freeze", "pg1");
      Replctl.Result done = lab.replctl().run("failover", "--acks", "0", "--yes").exits(0);
      assertThat(done.out()).contains("pg1 is closed: power");
      // Above every promise that the one that is off may have given to somebody else; the first
      // attempt had asked for 1000.
      assertThat(EpochFile.epoch(lab, "pg2")).isEqualTo(2000);
      probe.awaitMore();

      lab.lab("heal");
      lab.lab("power", "pg1", "on");
      Site.await(
          "pg1's server", () -> lab.shell("pg1", "pg_lsclusters -h || :").contains("online"));
      assertThat(lab.leaders()).containsExactly("pg2");
      lab.replctl().run("rejoin", "pg1", "--yes").exits(0);
      lab.replctl().run("sync", "--apply", "--yes").exits(0);
      lab.awaitFollowers("pg2");
      Map<String, String> verdict = probe.keptAll();
      assertThat(verdict).containsEntry("lost", "0").containsEntry("two_leaders_ms", "0.0");
    }
    assertThat(lab.unfinished()).isEmpty();
  }
}
