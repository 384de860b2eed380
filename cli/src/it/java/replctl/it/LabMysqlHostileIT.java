package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import replctl.it.site.Hosts;
import replctl.it.site.MysqlHosts;

/** MySQL, where replctl's files of a node have no room, or its options are not what they seem. */
@Tag("long")
class LabMysqlHostileIT extends FullDiskCases {
  private static final String LATER = "/etc/mysql/mysql.conf.d/zzz-later.cnf";

  @Override
  Hosts open() {
    return MysqlHosts.ready();
  }

  /** A server that is stopped, and would come up open, is not closed. */
  @Test
  void aLaterFileOfOptionsThatOpensItIsSeenOnARealHost() {
    String leader = hosts().leaders().get(0);
    String node = hosts().nodes().stream().filter(n -> !n.equals(leader)).findFirst().orElseThrow();
    hosts()
        .shell(node, "printf '[mysqld]\\nsuper_read_only = OFF\\nread_only = OFF\\n' > " + LATER);
    try {
      hosts().lab("bmc", node, "fail");
      Replctl.Result no = hosts().replctl().run("fence", node, "--yes").exits(11);

      assertThat(no.err())
          .contains("the files of options say super_read_only = OFF: it would come up open");
      assertThat(hosts().processes(node)).isEmpty();

      hosts().lab("bmc", node, "ok");
      assertThat(hosts().replctl().run("rejoin", node, "--yes").err())
          .contains("may take writes when it is started", "super_read_only = OFF");
      assertThat(hosts().processes(node)).isEmpty();
    } finally {
      hosts().lab("heal");
      hosts().shell(node, "rm -f " + LATER);
    }
    hosts().replctl().run("unfence", node, "--yes").exits(0);
    hosts().replctl().run("rejoin", node, "--yes").exits(0);
    hosts().awaitFollowers(leader);
  }
}
