package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import replctl.it.site.MysqlHosts;
import replctl.it.site.Shell;

/**
 * {@code lab/demo mysql}: servers of the machine's own that no unit starts. On a host of the lab,
 * since few machines that run tests have MySQL's packages.
 */
@Tag("lab")
@Tag("long")
class LabMysqlDemoIT {
  @Test
  void itTellsTheWholeStoryAndLeavesTheMachinesServerAlone() {
    try (MysqlHosts hosts = MysqlHosts.open()) {
      hosts.giveReplctl("my1");
      String before = hosts.shell("my1", "pidof mysqld");

      Shell.Ended demo = hosts.onHost("my1", "/opt/replctl/lab/demo mysql");

      assertThat(demo.code()).as(demo.out()).isEqualTo(0);
      assertThat(demo.out())
          .contains(
              "DONE  init of demo",
              "Nothing to do: all is as it should be.",
              "semi-sync, 1 ack   epoch 1   healthy",
              "DONE  switchover of demo",
              "DONE  failover of demo",
              "DONE  rejoin of demo",
              "rows acknowledged, 0 of them lost.",
              "Two nodes writable at once: 0.0 ms.",
              "semi-sync, 1 ack   epoch 3   healthy");
      assertThat(hosts.sql("my1", "select @@port, count(*) from mysql.user where user = 'app'"))
          .isEqualTo("3306\t0");

      assertThat(hosts.onHost("my1", "/opt/replctl/lab/demo clean").code()).isEqualTo(0);
      assertThat(hosts.shell("my1", "pidof mysqld; ls -d /tmp/replctl-demo* || :"))
          .startsWith(before + "\n")
          .contains("No such file");
    }
  }
}
