package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import replctl.it.site.EpochFile;
import replctl.it.site.Hosts;
import replctl.it.site.LabSite;
import replctl.it.site.Site;

/** Two nodes; and with a witness, which is a majority: a leader that comes back opens by itself. */
@Tag("lab")
@Tag("long")
class LabTwoNodesIT extends TwoNodesCases {
  private LabSite lab;

  @Override
  Hosts open() {
    lab = LabSite.open();
    lab.lab("heal");
    lab.only("pg1", "pg2");
    lab.wipe();
    lab.replctl().run("init", "--yes").exits(0);
    lab.awaitFollowers("pg1");
    return lab;
  }

  /** The third host, which is no node here. */
  @AfterAll
  void allAreUp() {
    if (lab != null) {
      lab.lab("up", "3");
    }
  }

  /** The witness is a host of its own, reached as another user and with another folder. */
  @Test
  void aLeaderComesBackByTheWitnessesWordWhileTheOtherNodeIsDown() {
    String leader = lab.leaders().get(0);
    String other = other(leader);
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
