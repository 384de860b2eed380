package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import replctl.it.site.EpochFile;
import replctl.it.site.LabSite;
import replctl.it.site.Site;

/** A node leaves and comes back, on real hosts with their start guards. */
@Tag("lab")
@Tag("long")
class LabMembersIT {
  private static final String DROP_IN =
      "/etc/systemd/system/postgresql@17-main.service.d/replctl-guard.conf";

  @Test
  void oneThatHasLeftIsNoWriterAfterABootAndMayJoinAgain() {
    try (LabSite lab = LabSite.open()) {
      lab.ready();
      String leader = lab.leaders().get(0);
      String gone = lab.nodes().stream().filter(n -> !n.equals(leader)).reduce((a, b) -> b).get();
      assertThat(lab.shell(gone, "cat " + DROP_IN)).contains("ExecStartPre=");

      lab.replctl().run("remove", gone, "--yes").exits(0);

      assertThat(lab.shell(gone, "cat " + DROP_IN)).doesNotContain("ExecStartPre=");
      assertThat(lab.shell(gone, "ls -a " + EpochFile.state(gone)))
          .contains("epoch")
          .doesNotContain("guard", "fenced");
      assertThat(lab.shell(gone, "cat /var/lib/postgresql/.ssh/authorized_keys || :"))
          .doesNotContain("replctl-guard-");
      assertThat(lab.shell(leader, "cat /var/lib/postgresql/.ssh/authorized_keys"))
          .doesNotContain("replctl-guard-" + gone);
      assertThat(slots(lab, leader)).doesNotContain("replctl_" + gone);

      lab.lab("power", gone, "off");
      lab.lab("power", gone, "on");
      Site.await("it answers", () -> !lab.leaders().isEmpty() && answers(lab, gone));
      assertThat(lab.leaders()).containsExactly(leader);
      assertThat(lab.sql(gone, "select pg_is_in_recovery()")).isEqualTo("t");
      assertThat(lab.replctl().run("switchover", "--yes").exits(10).err())
          .contains("E-VOTERS-01", "replctl add " + gone);

      lab.replctl().run("add", gone, "--yes").exits(0);

      lab.awaitFollowers(leader);
      assertThat(lab.shell(gone, "cat " + DROP_IN)).contains("ExecStartPre=");
      assertThat(lab.shell(leader, "cat /var/lib/postgresql/.ssh/authorized_keys"))
          .contains("replctl-guard-" + gone);
      assertThat(lab.shell(gone, "cat " + EpochFile.state(gone) + "/epoch"))
          .contains("votes yes", "\"votersVersion\":3");
      assertThat(lab.replctl().run("init", "--yes").exits(0).out()).contains("Nothing to do");
    }
  }

  private static boolean answers(LabSite lab, String node) {
    try {
      return lab.sql(node, "select 1").equals("1");
    } catch (AssertionError silent) {
      return false;
    }
  }

  private static String slots(LabSite lab, String node) {
    return lab.sql(node, "select string_agg(slot_name, ' ') from pg_replication_slots");
  }
}
