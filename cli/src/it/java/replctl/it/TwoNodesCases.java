package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import replctl.it.probe.ProbeProcess;
import replctl.it.site.Hosts;
import replctl.it.site.Site;

/**
 * Two nodes, and nobody else who votes: who is left is no majority, and stands in for one by a
 * proof alone.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TwoNodesCases {
  protected Hosts hosts;

  /** Two nodes, of which one leads. */
  abstract Hosts open();

  @BeforeAll
  void begin() {
    hosts = open();
  }

  @AfterAll
  void end() {
    if (hosts != null) {
      hosts.heal();
      hosts.close();
    }
  }

  /** First without a proof, and then with one. */
  @Test
  void theOneThatIsLeftLeadsOnceTheOtherIsProvenToBeClosed() {
    String lost = hosts.leaders().get(0);
    String left = other(lost);
    int epoch = hosts.epoch(left);
    try (ProbeProcess probe = hosts.writes()) {
      hosts.lab("bmc", lost, "hang");
      hosts.lab("freeze", lost);
      Replctl.Result refused = hosts.replctl().run("failover", "--acks", "0", "--yes").exits(11);
      assertThat(refused.err()).contains("[E-FENCE-01] " + lost + " is not fenced.");
      assertThat(hosts.epoch(left)).isEqualTo(epoch);
      assertThat(hosts.isClosed(left)).isTrue();
      hosts.heal();
      hosts.awaitFollowers(lost);
      assertThat(hosts.unfinished()).isEmpty();
      probe.awaitMore();

      hosts.lab("freeze", lost);
      Replctl.Result done = hosts.replctl().run("failover", "--acks", "0", "--yes").exits(0);
      assertThat(done.out()).contains(lost + " is closed: power");
      // Above every promise that the one that is off may have given to somebody else; the first
      // attempt had asked for 1000.
      assertThat(hosts.epoch(left)).isEqualTo(2000);
      probe.awaitMore();

      hosts.heal();
      Site.await(lost + "'s server", () -> hosts.isClosed(lost));
      assertThat(hosts.leaders()).containsExactly(left);
      hosts.replctl().run("rejoin", lost, "--yes").exits(0);
      hosts.replctl().run("sync", "--apply", "--yes").exits(0);
      hosts.awaitFollowers(left);
      probe.keptAll(getClass().getSimpleName());
    }
    assertThat(hosts.unfinished()).isEmpty();
  }

  protected final String other(String than) {
    return hosts.nodes().stream().filter(n -> !n.equals(than)).findFirst().orElseThrow();
  }
}
