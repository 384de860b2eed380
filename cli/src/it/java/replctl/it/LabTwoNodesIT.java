package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
 * Two nodes: whoever is left is no majority, and stands in for one by a proof alone. With a witness
 * it is one, and a leader that comes back opens by itself.
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

  /** The witness is a host of its own, reached as another user and with another folder. */
  @Test
  void aLeaderComesBackByTheWitnessesWordWhileTheOtherNodeIsDown() {
    String leader = lab.leaders().get(0);
    String other = leader.equals("pg1") ? "pg2" : "pg1";
    String block = "grep -c 'restrict,command.*replctl-guard-' /home/dba/.ssh/authorized_keys || :";
    lab.around("witnesses: {pg3: {host: pg3}}\n");
    lab.replctl().run("add", "pg3", "--yes").exits(0);
    assertThat(lab.shell("pg3", block)).isEqualTo("2");
    assertThat(lab.replctl().run("init", "--yes").exits(0).out()).contains("Nothing to do");

    List.of(leader, other, "pg3").forEach(n -> lab.lab("power", n, "off"));
    lab.lab("power", leader, "on");
    Site.await(
        "the guard waits",
        () ->
            lab.shell(leader, "cat " + EpochFile.state(leader) + "/guard/waiting 2> /dev/null || :")
                .contains(" few 1 of 3 voters, and 2 are needed; without: "));
    assertThat(lab.leaders()).isEmpty();

    lab.lab("power", "pg3", "on");
    long up = System.nanoTime();
    Site.await("the leader opens", () -> lab.leaders().equals(List.of(leader)));
    System.out.printf(
        "LabTwoNodesIT: open %.1f s after the witness%n", (System.nanoTime() - up) / 1e9);
    assertThat(
            lab.shell(
                leader, "journalctl --boot --no-pager --output cat --unit postgresql@17-main"))
        .contains(leader + " starts: 2 of 3 voters know of no other leader than " + leader);

    lab.lab("power", other, "on");
    lab.awaitFollowers(leader);
    lab.replctl().run("remove", "pg3", "--yes").exits(0);
    assertThat(lab.shell("pg3", block)).isEqualTo("0");
    assertThat(lab.shell("pg3", "ls /home/dba/.replctl/shop/pg3")).doesNotContain("guard");
    for (String node : List.of(leader, other)) {
      assertThat(lab.shell(node, "cat " + EpochFile.state(node) + "/guard/conf"))
          .contains("peer ")
          .doesNotContain("pg3");
    }
    lab.around("");
    assertThat(lab.replctl().run("init", "--yes").exits(0).out()).contains("Nothing to do");
  }
}
