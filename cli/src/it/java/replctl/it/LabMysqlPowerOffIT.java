package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import replctl.it.probe.ProbeProcess;
import replctl.it.site.MysqlHosts;
import replctl.it.site.Site;

/**
 * Whoever leads MySQL loses its power under load, again and again, in semi-sync that blocks: what
 * was acknowledged is kept.
 */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("long")
class LabMysqlPowerOffIT {
  private MysqlHosts hosts;

  /** A host that is off already counts as cut only where its device was seen to switch it. */
  @BeforeAll
  void everyDeviceIsDrilled() {
    hosts = MysqlHosts.ready();
    drill("my2");
    drill("my3");
    hosts.replctl().run("switchover", "--to", "my2", "--yes").exits(0);
    drill("my1");
  }

  private void drill(String node) {
    hosts.replctl().run("fence", "drill", node, "--yes").exits(0);
    hosts.awaitFollowers(leader());
  }

  @AfterAll
  void end() {
    if (hosts != null) {
      hosts.close();
    }
  }

  @Test
  void twice() {
    whatWasAcknowledgedIsKept(2);
  }

  @Test
  void twentyTimes() {
    whatWasAcknowledgedIsKept(20);
  }

  private void whatWasAcknowledgedIsKept(int times) {
    List<Double> seconds = new ArrayList<>();
    try (ProbeProcess writes = hosts.writes()) {
      for (int i = 0; i < times; i++) {
        writes.awaitMore();
        String lost = leader();
        hosts.lab("power", lost, "off");
        long from = System.nanoTime();
        Replctl.Result result = hosts.replctl().run("failover", "--yes").exits(0);
        seconds.add((System.nanoTime() - from) / 1e9);
        assertThat(result.out()).contains(lost + " is closed: power");
        assertThat(hosts.power(lost)).isEqualTo("off");

        hosts.lab("power", lost, "on");
        Site.await(lost + "'s server", () -> hosts.isClosed(lost));
        assertThat(leader()).isNotEqualTo(lost);
        hosts.replctl().run("rejoin", lost, "--yes").exits(0);
        hosts.awaitFollowers(leader());
      }
      writes.awaitMore();
      writes.keptAll("lab, MySQL, semi-sync, " + times + " power-offs");
    }
    assertThat(hosts.operations().unfinished()).isEmpty();
    seconds.sort(Comparator.naturalOrder());
    System.out.printf(
        "lab, MySQL, semi-sync, %d power-offs: failover took %.1f to %.1f s%n",
        times, seconds.get(0), seconds.get(times - 1));
  }

  private String leader() {
    List<String> open = hosts.leaders();
    assertThat(open).hasSize(1);
    return open.get(0);
  }
}
