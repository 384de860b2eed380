package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.it.probe.ProbeProcess;
import replctl.it.site.LabSite;
import replctl.it.site.Site;

/** Leaders lose their power under load, one after the other: what was acknowledged is kept. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("long")
class LabPowerOffIT {
  /** In each mode; six in all. */
  private static final int TIMES = 3;

  private LabSite lab;

  /** A host that is off already counts as cut only where its device was seen to switch it. */
  @BeforeAll
  void everyDeviceIsDrilled() {
    lab = LabSite.open();
    lab.lab("heal");
    lab.lab("up", "3");
    lab.ready("pg1");
    drill("pg2");
    drill("pg3");
    lab.replctl().run("switchover", "--to", "pg2", "--yes").exits(0);
    drill("pg1");
  }

  private void drill(String node) {
    lab.replctl().run("fence", "drill", node, "--yes").exits(0);
    lab.awaitFollowers(lab.leaders().get(0));
  }

  @AfterAll
  void end() {
    if (lab != null) {
      lab.lab("heal");
      lab.lab("up", "3");
      // What comes after it on these hosts finds them as asked for in every inventory of the tests.
      lab.replication(Site.SEMI_SYNC);
      lab.replctl().run("sync", "--apply", "--yes").exits(0);
      lab.close();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "semi-sync | {mode: semi-sync, acks: 1, on_lost_sync: block}",
        "sync | {mode: sync, on_lost_sync: block}"
      })
  void whatWasAcknowledgedIsKept(String mode, String replication) {
    lab.replication(replication);
    lab.replctl().run("sync", "--apply", "--yes").exits(0);
    List<Double> seconds = new ArrayList<>();
    try (ProbeProcess probe = lab.writes()) {
      for (int i = 0; i < TIMES; i++) {
        probe.awaitMore();
        String lost = lab.leaders().get(0);
        lab.lab("power", lost, "off");
        long from = System.nanoTime();
        Replctl.Result result = lab.replctl().run("failover", "--yes").exits(0);
        seconds.add((System.nanoTime() - from) / 1e9);
        assertThat(result.out()).contains(lost + " is closed: power");
        assertThat(lab.lab("status")).containsPattern(lost + " +\\S+ +\\S+ +off");

        lab.lab("power", lost, "on");
        Site.await(
            lost + "'s server", () -> lab.shell(lost, "pg_lsclusters -h || :").contains("online"));
        assertThat(lab.leaders()).hasSize(1).doesNotContain(lost);
        lab.replctl().run("rejoin", lost, "--yes").exits(0);
        lab.awaitFollowers(lab.leaders().get(0));
      }
      probe.awaitMore();
      Map<String, String> verdict = probe.keptAll();
      assertThat(verdict).containsEntry("lost", "0").containsEntry("two_leaders_ms", "0.0");
      seconds.sort(Comparator.naturalOrder());
      System.out.printf(
          "lab, %s, %d power-offs: %s rows acknowledged, 0 lost; failover took %.1f to %.1f s%n",
          mode, TIMES, verdict.get("acknowledged"), seconds.get(0), seconds.get(TIMES - 1));
    }
    assertThat(lab.unfinished()).isEmpty();
  }
}
