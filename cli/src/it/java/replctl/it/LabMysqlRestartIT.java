package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import replctl.it.probe.ProbeProcess;
import replctl.it.site.MysqlHosts;

/** MySQL's servers are restarted, stopped and started on real hosts, while a client writes. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("long")
class LabMysqlRestartIT {
  private MysqlHosts hosts;
  private String leader;
  private List<String> followers;

  @BeforeAll
  void begin() {
    hosts = MysqlHosts.ready();
  }

  @AfterAll
  void end() {
    if (hosts != null) {
      hosts.close();
    }
  }

  @BeforeEach
  void ready() {
    assertThat(hosts.leaders()).hasSize(1);
    leader = hosts.leaders().get(0);
    hosts.awaitFollowers(leader);
    followers = hosts.nodes().stream().filter(n -> !n.equals(leader)).toList();
  }

  /** Each server's process: its number and since when it runs. */
  private Map<String, String> processes() {
    Map<String, String> processes = new TreeMap<>();
    for (String node : hosts.nodes()) {
      processes.put(
          node, hosts.shell(node, "p=$(pgrep -x mysqld) && echo $p $(ps -o lstart= -p $p)"));
    }
    return processes;
  }

  @Test
  void allAreRestartedAndNothingIsLost() {
    Map<String, String> before = processes();
    String to = followers.get(0);
    hosts.awaitCanLead(to);
    try (ProbeProcess writes = hosts.writes()) {
      assertThat(hosts.replctl().run("restart", "--rolling", "--to", to, "--yes").exits(0).out())
          .contains("DONE", "writes stood still for");
      writes.awaitMore();
      assertThat(hosts.leaders()).containsExactly(to);
      hosts.awaitFollowers(to);
      assertThat(processes()).allSatisfy((n, p) -> assertThat(p).isNotEqualTo(before.get(n)));

      hosts.awaitCanLead(leader);
      hosts.replctl().run("switchback", "--yes").exits(0);
      assertThat(hosts.leaders()).containsExactly(leader);
      writes.awaitMore();
      writes.keptAll("lab, MySQL, restarted one at a time");
    }
  }

  @Test
  void theLeaderIsRestartedAsItIsWhenThatIsTyped() {
    Map<String, String> before = processes();
    assertThat(hosts.replctl().run("restart", leader, "--yes").exits(10).err())
        .contains("--leader in-place", "Nothing was changed.");
    try (ProbeProcess writes = hosts.writes()) {
      hosts.replctl().run("restart", leader, "--leader", "in-place", "--yes").exits(0);
      writes.awaitMore();
      writes.keptAll("lab, MySQL, restarted in place");
    }
    assertThat(hosts.leaders()).containsExactly(leader);
    assertThat(processes().get(leader)).isNotEqualTo(before.get(leader));
    assertThat(hosts.sql(leader, "select @@global.rpl_semi_sync_source_enabled")).isEqualTo("1");
  }

  @Test
  void oneIsStoppedAndStartedAlsoWhenAnotherLeadsByThen() {
    String other = followers.get(0);
    String stopped = followers.get(1);
    assertThat(hosts.replctl().run("stop", leader, "--yes").exits(10).err())
        .contains(leader + " leads: without it no write is taken");
    hosts.replctl().run("stop", stopped, "--yes").exits(0);
    assertThat(hosts.replctl().run("stop", other, "--yes").exits(10).err())
        .contains("writes wait without " + other);
    hosts.awaitCanLead(other);
    hosts.replctl().run("switchover", "--to", other, "--yes").exits(0);
    hosts.replctl().run("start", stopped, "--yes").exits(0);
    hosts.awaitFollowers(other);
    hosts.awaitCanLead(leader);
    hosts.replctl().run("switchback", "--yes").exits(0);
    assertThat(hosts.leaders()).containsExactly(leader);
  }
}
