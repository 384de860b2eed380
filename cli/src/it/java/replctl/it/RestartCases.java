package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
import replctl.it.site.Site;

/** Servers are restarted, stopped and started while a client writes, on whichever site. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RestartCases {
  protected Site site;
  protected String leader;
  private List<String> followers;

  abstract Site open();

  @BeforeAll
  void begin() {
    site = open();
  }

  @AfterAll
  void end() {
    if (site != null) {
      site.close();
    }
  }

  @BeforeEach
  void ready() {
    site.ready();
    leader = site.leaders().get(0);
    followers = site.nodes().stream().filter(n -> !n.equals(leader)).toList();
  }

  private Map<String, String> started() {
    Map<String, String> started = new TreeMap<>();
    site.nodes().forEach(n -> started.put(n, site.started(n)));
    return started;
  }

  @Test
  void allAreRestartedAndNothingIsLost() {
    Map<String, String> before = started();
    String to = followers.get(1);
    try (ProbeProcess probe = site.writes()) {
      Replctl.Result result =
          site.replctl().run("restart", "--rolling", "--to", to, "--yes").exits(0);
      probe.awaitMore();

      assertThat(result.out()).contains("DONE", "restart of shop", "writes stood still for");
      assertThat(site.leaders()).containsExactly(to);
      site.awaitFollowers(to);
      assertThat(started()).allSatisfy((n, at) -> assertThat(at).isNotEqualTo(before.get(n)));

      assertThat(site.replctl().run("switchback", "--dry-run").exits(0).out())
          .contains(leader + " led before, by the newest record, of epoch");
      assertThat(site.replctl().run("rehearse", "--to", leader).exits(0).out())
          .contains(to + " would hand over to " + leader, "would stand still for some ", "past ");
      assertThat(site.leaders()).containsExactly(to);
      assertThat(site.replctl().run("switchback", "--yes").exits(0).out())
          .contains("writes stood still for ", "rehearsed  ");
      assertThat(site.leaders()).containsExactly(leader);
      probe.awaitMore();
      probe.keptAll(site.name() + ", restarted, one at a time");
    }
    assertThat(site.unfinished()).isEmpty();
  }

  /** Two operations, each under an epoch of its own: the second gives the lead back. */
  @Test
  @Tag("long")
  void theOneThatLedLeadsAgainWhenThatIsTyped() {
    Map<String, String> before = started();
    int epoch = epoch();
    try (ProbeProcess probe = site.writes()) {
      Replctl.Result result =
          site.replctl().run("restart", "--rolling", "--back", "--yes").exits(0);
      probe.awaitMore();

      assertThat(result.out()).contains("DONE  restart of shop", "DONE  switchback of shop");
      assertThat(site.leaders()).containsExactly(leader);
      site.awaitFollowers(leader);
      assertThat(started()).allSatisfy((n, at) -> assertThat(at).isNotEqualTo(before.get(n)));
      probe.keptAll(site.name() + ", restarted, and handed back");
    }
    assertThat(epoch()).isGreaterThanOrEqualTo(epoch + 2);
    assertThat(site.unfinished()).isEmpty();
    assertThat(site.replctl().run("restart", leader, "--back").exits(2).err())
        .contains("only with --rolling");
  }

  private int epoch() {
    String status = site.replctl().run("status", "-o", "json").exits(0).out();
    return Integer.parseInt(status.replaceAll("(?s).*?\"epoch\": \\{?[^0-9]*([0-9]+).*", "$1"));
  }

  @Test
  void theLeaderIsRestartedAsItIsWhenThatIsTyped() {
    Map<String, String> before = started();
    Replctl.Result no = site.replctl().run("restart", leader, "--yes").exits(10);
    assertThat(no.err())
        .contains(leader + " leads", "restart --rolling", "--leader in-place", "Nothing was");
    assertThat(started()).isEqualTo(before);
    try (ProbeProcess probe = site.writes()) {
      assertThat(
              site.replctl()
                  .run("restart", "--rolling", "--leader", "in-place", "--dry-run")
                  .exits(0)
                  .out())
          .contains("writes stand still while " + leader + " restarts");
      site.replctl().run("restart", "--rolling", "--leader", "in-place", "--yes").exits(0);
      probe.awaitMore();
      probe.keptAll(site.name() + ", restarted in place");
    }
    assertThat(site.leaders()).containsExactly(leader);
    assertThat(started()).allSatisfy((n, at) -> assertThat(at).isNotEqualTo(before.get(n)));
  }

  @Test
  void oneIsStoppedAndStartedAlsoWhenAnotherLeadsByThen() {
    String other = followers.get(0);
    String stopped = followers.get(1);
    assertThat(site.replctl().run("stop", leader, "--yes").exits(10).err())
        .contains(leader + " leads: without it no write is taken");

    assertThat(site.replctl().run("stop", stopped, "--yes").exits(0).out()).contains("DONE");
    assertThat(site.replctl().run("stop", stopped, "--yes").exits(0).out())
        .contains("Nothing to do");
    assertThat(site.replctl().run("stop", other, "--yes").exits(10).err())
        .contains("writes wait without " + other + ": they need 1 follower, and 0 are left")
        .contains("replctl sync --acks 0", "--let-writes-wait");
    assertThat(site.replctl().run("restart", stopped, "--yes").exits(10).err())
        .contains("replctl start " + stopped);

    site.replctl().run("switchover", "--to", other, "--yes").exits(0);
    site.replctl().run("start", stopped, "--yes").exits(0);
    site.awaitFollowers(other);
    assertThat(site.replctl().run("start", stopped, "--yes").exits(0).out())
        .contains("Nothing to do");
    site.replctl().run("switchback", "--yes").exits(0);
    assertThat(site.leaders()).containsExactly(leader);
  }

  /**
   * While a follower restarts, and while the leader does: the server is brought back either way.
   */
  @Test
  @Tag("long")
  void oneThatWasCutOffIsFinishedOrTakenBack() {
    cutOff(3, "abort", 16);
    site.awaitFollowers(leader);
    cutOff(11, "resume", 0);
    site.awaitFollowers(leader);
  }

  private void cutOff(int line, String how, int code) {
    List<Path> before = site.journals();
    try (ProbeProcess probe = site.writes()) {
      try (Replctl.Running running =
          site.replctl().start("restart", "--rolling", "--leader", "in-place", "--yes")) {
        assertThat(site.killAtLine(running, before, line)).isTrue();
      }
      site.replctl().run("op", how).exits(code);
      assertThat(site.unfinished()).isEmpty();
      assertThat(site.leaders()).containsExactly(leader);
      probe.awaitMore();
      probe.keptAll(site.name() + ", a restart cut off at line " + line);
    }
  }
}
