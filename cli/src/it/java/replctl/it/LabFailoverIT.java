package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import replctl.it.probe.ProbeProcess;
import replctl.it.site.LabSite;
import replctl.it.site.Site;

/** Leaders are lost, in every way that a lab has, and replctl fails over or says why not. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LabFailoverIT {
  private static final String UNIT = "postgresql@17-main";
  private LabSite lab;

  @BeforeAll
  void begin() {
    lab = LabSite.open();
  }

  @AfterAll
  void end() {
    if (lab != null) {
      lab.lab("heal");
      lab.lab("up", "3");
      lab.close();
    }
  }

  @BeforeEach
  void aClusterThatPg1Leads() {
    lab.lab("heal");
    lab.lab("up", "3");
    lab.replication(Site.SEMI_SYNC);
    lab.ready("pg1");
    lab.replctl().run("init", "--yes").exits(0);
  }

  private Replctl.Result failover(String... more) {
    List<String> words = new ArrayList<>(List.of("failover"));
    words.addAll(List.of(more));
    words.add("--yes");
    return lab.replctl().run(words.toArray(String[]::new));
  }

  /**
   * The whole story: lost under load, another leads, the old one comes back closed and rejoins. Who
   * leads is whoever had received most at that moment: the two are of the same priority.
   */
  @ParameterizedTest
  @ValueSource(strings = {"freeze", "cable"})
  void aLeaderThatIsLostUnderLoadIsReplacedAndComesBackAsAFollower(String how) {
    String led;
    try (ProbeProcess probe = lab.writes()) {
      probe.awaitMore();
      if (how.equals("freeze")) {
        lab.lab("freeze", "pg1");
      } else {
        lab.lab("cable", "pg1", "out");
      }
      long from = System.nanoTime();
      Replctl.Result result = failover().exits(0);
      System.out.printf("lab, failover after %s: %.1f s%n", how, (System.nanoTime() - from) / 1e9);
      assertThat(result.out()).contains("pg1 is closed: power");
      assertThat(lab.lab("status")).containsPattern("pg1 +\\S+ +\\S+ +off");
      lab.lab("heal");
      lab.lab("power", "pg1", "on");
      probe.awaitMore();
      Site.await(
          "pg1's server", () -> lab.shell("pg1", "pg_lsclusters -h || :").contains("online"));
      assertThat(lab.leaders()).hasSize(1).doesNotContain("pg1");
      led = lab.leaders().get(0);
      lab.replctl().run("rejoin", "pg1", "--yes").exits(0);
      lab.awaitFollowers(led);
      Map<String, String> verdict = probe.keptAll();
      assertThat(verdict).containsEntry("lost", "0").containsEntry("two_leaders_ms", "0.0");
      System.out.printf(
          "lab, failover after %s: %s rows acknowledged, 0 lost, longest gap %s ms%n",
          how, verdict.get("acknowledged"), verdict.get("gap_ms"));
    }
    assertThat(lab.sql(led, "select leader from replctl.epoch order by epoch desc limit 1"))
        .isEqualTo(led);
    assertThat(lab.unfinished()).isEmpty();
  }

  @Test
  void aLeaderThatAnswersIsNotReplaced() {
    Replctl.Result result = failover().exits(10);
    assertThat(result.err()).contains("[E-STATE-01] pg1 answers and takes writes.");
    assertThat(lab.leaders()).containsExactly("pg1");
  }

  @Test
  @Tag("long")
  void oneThatOnlyThisHostDoesNotReachIsAlive() {
    lab.lab("partition", "operator", "pg1", "both");
    Replctl.Result result = failover().exits(10);
    assertThat(result.err()).contains("[E-FENCE-02] pg1 does not answer this host");
    lab.lab("heal");
    assertThat(lab.leaders()).containsExactly("pg1");
    assertThat(lab.allFollow("pg1")).isTrue();
  }

  @Test
  @Tag("long")
  void oneWhoseServerStoppedIsStartedAgainFirst() {
    lab.shell("pg1", "systemctl stop " + UNIT);
    Replctl.Result result = failover().exits(10);
    assertThat(result.err())
        .contains("starting it again loses nothing")
        .contains("replctl open pg1");
    lab.replctl().run("open", "--yes").exits(0);
    assertThat(lab.leaders()).containsExactly("pg1");
  }

  @Test
  @Tag("long")
  void withTooFewAckersSeenTheLossIsSaidFirst() {
    lab.lab("cable", "pg3", "out");
    lab.lab("freeze", "pg1");
    Replctl.Result result = failover().exits(13);
    assertThat(result.err())
        .contains("[E-LOSS-01]", "pg3 only", "--accept-loss any", "Nothing was changed.");
    lab.lab("heal");
    Site.await("the leader", () -> lab.leaders().equals(List.of("pg1")));
  }

  @ParameterizedTest
  @CsvSource({"hang, 11", "fail, 11"})
  void withoutAProofNothingIsChanged(String mode, int code) {
    lab.lab("bmc", "pg1", mode);
    lab.lab("freeze", "pg1");
    Replctl.Result result = failover().exits(code);
    assertThat(result.err()).contains("[E-FENCE-01] pg1 is not fenced.", "--confirm-fenced pg1");
    lab.lab("heal");
    Site.await("the leader", () -> lab.leaders().equals(List.of("pg1")));
    lab.awaitFollowers("pg1");
    assertThat(lab.unfinished()).isEmpty();
  }
}
