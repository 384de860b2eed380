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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.it.site.BusySession;
import replctl.it.site.LabSite;
import replctl.it.site.Site;

/** Nodes are closed and it is proven, by real hosts and real BMCs, good ones and bad ones. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LabFenceIT {
  private static final String UNIT = "postgresql@17-main";
  private static final String DATA = "/var/lib/postgresql/17/main";
  private static final String GONE =
      "for p in /proc/[0-9]*/cwd; do [ \"$(readlink $p)\" != " + DATA + " ] || echo $p; done";

  private LabSite lab;

  @BeforeAll
  void begin() {
    lab = LabSite.open();
  }

  @AfterAll
  void end() {
    if (lab != null) {
      heal();
      lab.close();
    }
  }

  @BeforeEach
  void aClusterThatPg1Leads() {
    heal();
    lab.ready("pg1");
  }

  /** All hosts up, all BMCs well, and no follower kept from being started. */
  private void heal() {
    lab.lab("heal");
    lab.lab("up", "3");
    for (String node : lab.nodes()) {
      lab.shell(
          node,
          "systemctl unmask "
              + UNIT
              + "; rm -f /var/lib/postgresql/.replctl/shop/*/fenced;"
              + " [ ! -d "
              + DATA
              + " ] || systemctl start "
              + UNIT
              + " || :");
    }
  }

  private Replctl.Result fence(String node, String... more) {
    List<String> words = new ArrayList<>(List.of("fence", node));
    words.addAll(List.of(more));
    words.add("--yes");
    long from = System.nanoTime();
    Replctl.Result result = lab.replctl().run(words.toArray(String[]::new));
    System.out.printf(
        "fence %s: exit %d in %.1f s: %s%n",
        String.join(" ", words),
        result.code(),
        (System.nanoTime() - from) / 1e9,
        (result.out() + result.err())
            .lines()
            .filter(l -> l.contains("closed:") || l.contains("REFUSED"))
            .toList());
    return result;
  }

  /** The column POWER of the lab's own table. */
  private String power(String node) {
    return lab.lab("status")
        .lines()
        .filter(line -> line.startsWith(node + " "))
        .map(line -> line.split(" +")[3])
        .findFirst()
        .orElseThrow();
  }

  // By the host itself.

  @Test
  void aHostThatAnswersStopsItsServerAndKeepsItFromBeingStarted() {
    assertThat(fence("pg3").exits(0).out())
        .contains("pg3 is closed: stopped (stopped on its host)");

    assertThat(lab.shell("pg3", GONE)).isEmpty();
    assertThat(lab.shell("pg3", "systemctl is-enabled " + UNIT + " || :")).isEqualTo("masked");
    assertThat(lab.replctl().run("status").out()).containsPattern("pg3 +follower +fenced");
    assertThat(lab.shell("pg3", "systemctl start " + UNIT + " 2>&1 || :")).contains("masked");
    assertThat(lab.shell("pg3", "pg_ctlcluster 17 main start 2>&1 || :")).contains("masked");

    // By hand, past systemd: it starts, and is closed.
    lab.shell("pg3", "runuser -u postgres -- pg_ctlcluster 17 main start");
    assertThat(lab.sql("pg3", "select pg_is_in_recovery()")).isEqualTo("t");
    lab.shell("pg3", "runuser -u postgres -- pg_ctlcluster 17 main stop");

    lab.replctl().run("unfence", "pg3", "--yes").exits(0);
    assertThat(lab.shell("pg3", "systemctl is-enabled " + UNIT + " || :")).isNotEqualTo("masked");
    assertThat(lab.shell("pg3", GONE)).isEmpty();
    lab.shell("pg3", "test -f " + DATA + "/standby.signal && systemctl start " + UNIT);
    lab.awaitFollowers("pg1");
  }

  @Test
  void aLeaderIsClosedOnlyWhenItsNameIsTypedOnceMore() {
    Map<String, String> before = fingerprints();

    assertThat(fence("pg1").exits(10).err()).contains("E-CONFIRM-01", "--stop-writes pg1");
    fence("pg1", "--stop-writes", "pg2").exits(2);
    assertThat(fingerprints()).isEqualTo(before);

    assertThat(fence("pg1", "--stop-writes", "pg1").exits(0).out())
        .contains("pg1 is closed: stopped");
    assertThat(lab.leaders()).isEmpty();
    assertThat(lab.shell("pg1", "test -f " + DATA + "/standby.signal && echo there"))
        .isEqualTo("there");
    lab.wipe();
  }

  @Test
  void aServerWhosePostmasterWasKilledIsStoppedToItsLastSession() {
    try (BusySession busy = lab.busy("pg3", "do $$ begin loop end loop; end $$")) {
      Site.await(
          "a busy session",
          () ->
              !lab.sql("pg3", "select pid from pg_stat_activity where query like 'do %'")
                  .isEmpty());
      lab.shell("pg3", "kill -9 $(head -1 " + DATA + "/postmaster.pid)");

      assertThat(fence("pg3").exits(0).out()).contains("pg3 is closed: stopped");

      assertThat(lab.shell("pg3", GONE)).isEmpty();
      assertThat(busy.output()).contains("server closed the connection unexpectedly");
    }
  }

  @Test
  void aHostThatOnlyOthersReachIsStoppedThroughOneOfThem() {
    lab.lab("partition", "operator", "pg3", "both");

    assertThat(fence("pg3").exits(0).out())
        .containsPattern("pg3 is closed: stopped \\(stopped on its host through pg[12]\\)");

    lab.lab("heal");
    assertThat(lab.shell("pg3", GONE)).isEmpty();
  }

  // By its power.

  @ParameterizedTest
  @CsvSource({"freeze", "cable"})
  void aHostThatDoesNotAnswerLosesItsPower(String how) {
    if (how.equals("freeze")) {
      lab.lab("freeze", "pg3");
    } else {
      lab.lab("cable", "pg3", "out");
    }

    assertThat(fence("pg3").exits(0).out())
        .contains("pg3 is closed: power", "says off when asked again", "owed  pg3");

    assertThat(power("pg3")).isEqualTo("off");
    lab.lab("heal");
    lab.replctl().run("unfence", "pg3", "--yes").exits(0);
    lab.awaitFollowers("pg1");
  }

  // By a device that can't be relied on.

  @ParameterizedTest
  @CsvSource({
    "hang,          E-FENCE-01, Connection timed out",
    "fail,          E-FENCE-01, exit code 1",
    "lie,           E-FENCE-03, reports off",
    "wired-to pg2,  E-FENCE-03, The device points at another machine",
  })
  void aDeviceThatIsNotToBeReliedOnIsRefusedAndNothingElseIsTouched(
      String mode, String code, String words) {
    Map<String, String> before = fingerprints();
    List<String> bmc = new ArrayList<>(List.of("bmc", "pg3"));
    bmc.addAll(List.of(mode.split(" ")));
    lab.lab(bmc.toArray(String[]::new));

    assertThat(fence("pg3", "--power").exits(11).err()).contains(code, words);

    assertThat(lab.leaders()).containsExactly("pg1");
    if (mode.startsWith("wired")) {
      // It has cut another host's power, and said which.
      assertThat(power("pg2")).isEqualTo("off");
      lab.lab("heal");
      lab.lab("power", "pg2", "on");
      lab.awaitFollowers("pg1");
      before.remove("pg2");
    }
    Map<String, String> after = fingerprints();
    after.keySet().retainAll(before.keySet());
    assertThat(after).isEqualTo(before);
    lab.lab("heal");
    lab.awaitFollowers("pg1");
  }

  @Test
  void aDeadHostWithADeadDeviceNeedsTheWordOfSomebodyWhoHasSeenIt() {
    lab.lab("power", "pg3", "off");
    lab.lab("bmc", "pg3", "hang");

    Replctl.Result refused = fence("pg3").exits(11);
    assertThat(refused.err())
        .contains("E-FENCE-01", "ssh (no answer in 1 s)", "ssh through pg1", "fence_ipmilan")
        .contains("Nothing was changed.", "replctl fence pg3 --confirm-fenced pg3");

    fence("pg3", "--confirm-fenced", "pg2").exits(2);
    assertThat(fence("pg3", "--confirm-fenced", "pg3").exits(0).out())
        .contains("pg3 is closed: operator (seen off by ");
  }

  @Test
  void aWordThatIsContradictedDoesNotCount() {
    lab.lab("bmc", "pg3", "fail");
    Map<String, String> before = fingerprints();

    assertThat(fence("pg3", "--power", "--confirm-fenced", "pg3").exits(11).err())
        .contains("It was confirmed as off, but it answers on ssh.");

    assertThat(fingerprints()).isEqualTo(before);
  }

  // Trying devices.

  @Test
  void aDrillSwitchesAFollowerOffAndOnAndIsRemembered() {
    lab.replctl().run("fence", "drill", "pg1", "--yes").exits(10);

    Replctl.Result drilled = lab.replctl().run("fence", "drill", "pg2", "--yes").exits(0);

    System.out.println(drilled.out().lines().findFirst().orElse(""));
    lab.awaitFollowers("pg1");
    assertThat(lab.replctl().run("status").out())
        .containsPattern("pg2 .*power, drilled just now")
        .containsPattern("pg3 .*power, never drilled");
    assertThat(lab.replctl().run("fence", "verify", "pg2").exits(0).out())
        .doesNotContain("E-FENCE");

    lab.lab("bmc", "pg2", "wired-to", "pg3");
    Replctl.Result failed = lab.replctl().run("fence", "drill", "pg2", "--yes").exits(11);
    assertThat(failed.err()).contains("E-FENCE-03", "pg2 answers on ssh");
    lab.lab("heal");
    lab.awaitFollowers("pg1");
    assertThat(lab.replctl().run("fence", "verify", "pg2").exits(0).out())
        .contains("E-FENCE-04 it failed its last drill");
  }

  @Test
  void verifySaysWhichDeviceIsNotToBeReliedOn() {
    lab.lab("bmc", "pg2", "fail");
    lab.lab("bmc", "pg3", "lie");
    fence("pg3", "--power").exits(11);

    String out = lab.replctl().run("fence", "verify").exits(11).out();

    assertThat(out)
        .containsPattern("pg1 +fence_ipmilan 10\\.\\d+\\.\\d+\\.111 +on")
        .contains("E-FENCE-01 exit code 1")
        .contains("E-FENCE-03 it reports off, but pg3 answers");
  }

  /** Each node's configuration, process and role. */
  private Map<String, String> fingerprints() {
    Map<String, String> all = new TreeMap<>();
    for (String node : lab.nodes()) {
      all.put(
          node,
          configuration(node)
              + lab.started(node)
              + lab.sql(node, "select pg_is_in_recovery()")
              + lab.shell(node, "head -1 " + DATA + "/postmaster.pid"));
    }
    return all;
  }

  /** Without what every operation leaves on hosts that promise it something. */
  private String configuration(String node) {
    return lab.files(node)
        .lines()
        .filter(line -> !line.matches("\\S+/(epoch|heartbeat|operations/\\S+) .*"))
        .collect(Collectors.joining("\n"));
  }
}
