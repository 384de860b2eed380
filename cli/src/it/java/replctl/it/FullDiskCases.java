package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import replctl.it.site.Hosts;

/**
 * The disk with replctl's own files of a node is full, and the server's is not: nothing is begun
 * that could not be ended there, and it is said why.
 */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FullDiskCases {
  private static final String FULL = "No space left on device";

  private Hosts hosts;

  /** Hosts with a cluster that all follow. */
  abstract Hosts open();

  @BeforeAll
  void begin() {
    hosts = open();
  }

  @AfterAll
  void end() {
    if (hosts != null) {
      hosts.close();
    }
  }

  final Hosts hosts() {
    return hosts;
  }

  private String leader() {
    return hosts.leaders().get(0);
  }

  private List<String> followers() {
    return hosts.nodes().stream().filter(n -> !n.equals(leader())).toList();
  }

  /** A small file system in the place of the folder, with what is in that, filled to its end. */
  private void fill(String node) {
    hosts.shell(
        node,
        "d="
            + hosts.state(node)
            + "; rm -rf /run/kept; cp -a $d /run/kept"
            + " && mount -t tmpfs -o size=16m,mode=700 state $d && chown --reference=/run/kept $d"
            + " && cp -a /run/kept/. $d && { head -c 17M /dev/zero > $d/filler 2> /dev/null || :; }");
  }

  private void free(String node) {
    hosts.shell(
        node,
        "d="
            + hosts.state(node)
            + "; rm -rf $d/filler /run/kept; cp -a $d /run/kept && umount $d"
            + " && cp -a /run/kept/. $d && rm -rf /run/kept");
  }

  private void isRefusedWhileFull(List<String> full, String code) {
    String leader = leader();
    String to = followers().get(0);
    full.forEach(this::fill);
    try {
      Replctl.Result no = hosts.replctl().run("switchover", "--to", to, "--yes").exits(10);

      assertThat(no.err()).contains(code, "cannot write " + hosts.state(full.get(0)), FULL);
      assertThat(no.err()).contains("Nothing was changed.");
      assertThat(hosts.leaders()).containsExactly(leader);
      hosts.awaitFollowers(leader);
    } finally {
      full.forEach(this::free);
    }
    // Nobody finds it on the hosts, and takes it for one that is to be finished.
    assertThat(hosts.replctl().run("op", "resume").out()).doesNotContain("op-");
    assertThat(hosts.unfinished()).isEmpty();
    hosts.replctl().run("switchover", "--to", to, "--yes").exits(0);
    hosts.awaitFollowers(to);
  }

  @Test
  void aLeaderThatCanNotWriteItDownIsNotHandedOver() {
    isRefusedWhileFull(List.of(leader()), "[E-STATE-01]");
  }

  @Test
  void aCandidateThatCanNotWriteItDownIsNotHandedOverTo() {
    isRefusedWhileFull(List.of(followers().get(0)), "[E-STATE-01]");
  }

  @Test
  void twoOfThreeThatCanNotWriteItDownAreNoMajority() {
    isRefusedWhileFull(followers(), "[E-EPOCH-02]");
  }

  /** By its own host it can't be, and its device is there. */
  @Test
  void oneThatCanNotWriteDownThatItIsClosedLosesItsPower() {
    String leader = leader();
    String node = followers().get(1);
    fill(node);

    assertThat(hosts.replctl().run("fence", node, "--yes").exits(0).out())
        .contains(node + " is closed: power");

    // What was mounted is gone with the boot.
    hosts.heal();
    hosts.replctl().run("unfence", node, "--yes").exits(0);
    hosts.replctl().run("rejoin", node, "--yes").exits(0);
    hosts.awaitFollowers(leader);
  }
}
