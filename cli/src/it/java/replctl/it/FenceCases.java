package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import replctl.it.site.Hosts;

/** Nodes are closed and it is proven, by real hosts and real devices, good ones and bad ones. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FenceCases {
  protected Hosts hosts;

  /** Who leads as a case begins, a follower that is closed, and the other one. */
  protected String leader;

  protected String node;
  protected String third;

  abstract Hosts open();

  /** All follow one leader. */
  abstract void whole();

  /** What else than systemctl starts the server by its unit, and prints what came of it. */
  abstract String startByPackage();

  /** How root starts the server past its unit, and how it is stopped then. */
  abstract ByHand byHand();

  /**
   * Scripts.
   *
   * @param start of the server
   * @param stop of the server
   */
  record ByHand(String start, String stop) {}

  /** Fails unless what has a node's server come up closed, whoever starts it, is there. */
  abstract void hasWhatClosesIt(String of);

  /** How a host stops to answer: words of the lab, NODE being its name. */
  abstract List<String> silences();

  /** Modes of a device, with how fence refuses then, and in which words. */
  abstract List<BadDevice> badDevices();

  /**
   * A device that is not to be relied on.
   *
   * @param mode of the lab's device, THIRD being another host
   * @param code of the refusal
   * @param words of the refusal
   */
  record BadDevice(String mode, String code, String words) {}

  @BeforeAll
  void begin() {
    hosts = open();
  }

  @AfterAll
  void end() {
    if (hosts != null) {
      heal();
      hosts.close();
    }
  }

  @BeforeEach
  void aLeaderAndTwoFollowers() {
    heal();
    whole();
    leader = hosts.leaders().get(0);
    List<String> others = hosts.nodes().stream().filter(n -> !n.equals(leader)).toList();
    third = others.get(0);
    node = others.get(1);
  }

  /** All hosts up, all devices well, and no follower kept from being started. */
  private void heal() {
    hosts.heal();
    for (String each : hosts.nodes()) {
      hosts.shell(
          each,
          "systemctl unmask %1$s; rm -f %2$s/fenced; [ ! -d %3$s ] || systemctl start %1$s || :"
              .formatted(hosts.unit(), hosts.state(each), hosts.data()));
    }
  }

  protected final Replctl.Result fence(String whom, String... more) {
    List<String> words = new ArrayList<>(List.of("fence", whom));
    words.addAll(List.of(more));
    words.add("--yes");
    return hosts.replctl().run(words.toArray(String[]::new));
  }

  /** One of the lab's verbs, with NODE, THIRD and LEADER for their names. */
  protected final void lab(String words) {
    hosts.lab(
        words.replace("NODE", node).replace("THIRD", third).replace("LEADER", leader).split(" "));
  }

  // By the host itself.

  @Test
  void aHostThatAnswersStopsItsServerAndKeepsItFromBeingStarted() {
    assertThat(fence(node).exits(0).out())
        .contains(node + " is closed: stopped (stopped on its host)");

    assertThat(hosts.processes(node)).isEmpty();
    assertThat(hosts.isMasked(node)).isTrue();
    assertThat(hosts.replctl().run("status").out()).containsPattern(node + " +follower +fenced");
    assertThat(hosts.shell(node, "systemctl start " + hosts.unit() + " 2>&1 || :"))
        .contains("masked");
    assertThat(hosts.shell(node, startByPackage() + " 2>&1 || :")).contains("masked");

    // By hand, past systemd: it starts, and is closed.
    hosts.shell(node, byHand().start());
    assertThat(hosts.isClosed(node)).isTrue();
    hosts.shell(node, byHand().stop());

    hosts.replctl().run("unfence", node, "--yes").exits(0);
    assertThat(hosts.isMasked(node)).isFalse();
    assertThat(hosts.processes(node)).isEmpty();
    hasWhatClosesIt(node);
    hosts.shell(node, "systemctl start " + hosts.unit());
    hosts.awaitFollowers(leader);
    assertThat(hosts.leaders()).containsExactly(leader);
  }

  // By its power.

  @ParameterizedTest
  @MethodSource("silences")
  void aHostThatDoesNotAnswerLosesItsPower(String how) {
    lab(how);

    assertThat(fence(node).exits(0).out())
        .contains(node + " is closed: power", "says off when asked again", "owed  " + node);

    assertThat(hosts.power(node)).isEqualTo("off");
    hosts.lab("heal");
    hosts.replctl().run("unfence", node, "--yes").exits(0);
    hosts.awaitFollowers(leader);
  }

  // By a device that can't be relied on.

  @ParameterizedTest
  @MethodSource("badDevices")
  void aDeviceThatIsNotToBeReliedOnIsRefusedAndNothingElseIsTouched(BadDevice bad) {
    Map<String, String> before = fingerprints();
    lab("bmc NODE " + bad.mode());

    assertThat(fence(node, "--power").exits(11).err()).contains(bad.code(), bad.words());

    assertThat(hosts.leaders()).containsExactly(leader);
    if (bad.mode().startsWith("wired-to")) {
      // It has cut another host's power, and said which.
      assertThat(hosts.power(third)).isEqualTo("off");
      hosts.heal();
      hosts.awaitFollowers(leader);
      before.remove(third);
    }
    Map<String, String> after = fingerprints();
    after.keySet().retainAll(before.keySet());
    assertThat(after).isEqualTo(before);
    hosts.lab("heal");
    hosts.awaitFollowers(leader);
  }

  // Trying devices.

  @Test
  void aDrillSwitchesAFollowerOffAndOnAndIsRemembered() {
    hosts.replctl().run("fence", "drill", leader, "--yes").exits(10);

    Replctl.Result drilled = hosts.replctl().run("fence", "drill", third, "--yes").exits(0);

    System.out.println(drilled.out().lines().findFirst().orElse(""));
    hosts.awaitFollowers(leader);
    assertThat(hosts.replctl().run("status").out())
        .containsPattern(third + " .*power, drilled just now")
        .containsPattern(node + " .*power, never drilled");
    assertThat(hosts.replctl().run("fence", "verify", third).exits(0).out())
        .doesNotContain("E-FENCE");

    hosts.lab("bmc", third, "wired-to", node);
    Replctl.Result failed = hosts.replctl().run("fence", "drill", third, "--yes").exits(11);
    assertThat(failed.err()).contains("E-FENCE-03", third + " answers on ssh");
    hosts.heal();
    hosts.awaitFollowers(leader);
    assertThat(hosts.replctl().run("fence", "verify", third).exits(0).out())
        .contains("E-FENCE-04 it failed its last drill");
  }

  /**
   * Each node's configuration, process and role; without what every operation leaves on hosts that
   * promise it something.
   */
  protected final Map<String, String> fingerprints() {
    Map<String, String> all = new TreeMap<>();
    for (String each : hosts.nodes()) {
      all.put(
          each,
          hosts
              .fingerprint(each)
              .lines()
              .filter(line -> !line.matches("\\S+/(epoch|heartbeat|operations/\\S+) .*"))
              .collect(Collectors.joining("\n", "", "\n" + hosts.isClosed(each))));
    }
    return all;
  }
}
