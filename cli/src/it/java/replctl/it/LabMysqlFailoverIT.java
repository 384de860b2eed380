package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import replctl.it.probe.ProbeProcess;
import replctl.it.site.MysqlHosts;
import replctl.it.site.Site;

/**
 * MySQL leaders are lost under load: what was acknowledged is kept. Those that lose their power are
 * in {@link LabMysqlPowerOffIT}.
 */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("long")
class LabMysqlFailoverIT {
  private MysqlHosts hosts;

  @BeforeAll
  void begin() {
    hosts = MysqlHosts.ready();
    hosts.sql(
        leader(), "create database app; create event app.hourly on schedule every 1 hour do do 0");
  }

  @AfterAll
  void end() {
    if (hosts != null) {
      hosts.close();
    }
  }

  @BeforeEach
  void twoFollowOne() {
    hosts.heal();
    String leader = leader();
    for (String node : others(leader)) {
      // One that was fenced on its own host is not started by anybody.
      Site.await(
          node + "'s server", () -> hosts.answers(node, "select 1", "1") || hosts.isMasked(node));
      if (!hosts.follows(node, leader)) {
        hosts.replctl().run("rejoin", node, "--yes").exits(0);
      }
    }
    hosts.awaitFollowers(leader);
  }

  private String leader() {
    Site.await("one that takes writes", () -> hosts.leaders().size() == 1);
    return hosts.leaders().get(0);
  }

  private List<String> others(String than) {
    return hosts.nodes().stream().filter(n -> !n.equals(than)).toList();
  }

  /** Another takes writes, has all that was acknowledged, and does what the old one did. */
  private void allIsKept(String lost, ProbeProcess writes) {
    String leads = leader();
    assertThat(leads).isNotEqualTo(lost);
    assertThat(hosts.sql(leads, "select leader from replctl.epoch order by epoch desc limit 1"))
        .isEqualTo(leads);
    assertThat(
            hosts.sql(
                leads,
                "select status, @@event_scheduler from information_schema.events"
                    + " where event_name = 'hourly'"))
        .isEqualTo("ENABLED\tON");
    // One of the others acknowledges.
    writes.awaitMore();
    writes.keptAll("lab, MySQL, " + lost + " is lost");
  }

  @Test
  void aFrozenLeaderIsSwitchedOffAndReplaced() {
    String lost = leader();
    try (ProbeProcess writes = hosts.writes()) {
      writes.awaitMore();
      hosts.lab("freeze", lost);

      Replctl.Result result = hosts.replctl().run("failover", "--yes").exits(0);

      assertThat(result.out()).contains(lost + " is closed: power");
      allIsKept(lost, writes);
    }
  }

  /** It is given up although its host would start it again, and nothing would be lost by that. */
  @Test
  void aServerThatWasKilledIsClosedAndReplaced() {
    String lost = leader();
    try (ProbeProcess writes = hosts.writes()) {
      writes.awaitMore();
      hosts.shell(lost, "kill -9 $(pidof mysqld)");

      Replctl.Result result =
          hosts.replctl().run("failover", "--leader-is-broken", "its disk fails", "--yes").exits(0);

      assertThat(result.out()).contains(lost + " is closed: stopped");
      allIsKept(lost, writes);
    }
  }

  @Test
  void aLeaderThatAnswersIsNotReplaced() {
    String leader = leader();

    assertThat(hosts.replctl().run("failover", "--yes").exits(10).err())
        .contains("[E-STATE-01] " + leader + " answers and takes writes.");
  }
}
