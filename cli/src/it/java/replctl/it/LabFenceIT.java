package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import replctl.it.site.BusySession;
import replctl.it.site.Hosts;
import replctl.it.site.LabSite;
import replctl.it.site.Site;

/**
 * PostgreSQL's nodes are closed; and what is the same whatever runs on them: who is asked, what is
 * to be typed, and by which way a host is reached.
 */
@Tag("lab")
class LabFenceIT extends FenceCases {
  private LabSite lab;

  @Override
  Hosts open() {
    lab = LabSite.open();
    return lab;
  }

  /**
   * A leader notices that a follower's host has lost its power, or its cable, only after
   * wal_sender_timeout, 60 s unless it is set, and until then that follower can't use its slot.
   */
  @Override
  void whole() {
    lab.ready("pg1");
    timeout("set wal_sender_timeout = '4 s'");
  }

  @AfterAll
  void asItWas() {
    if (lab != null) {
      timeout("reset wal_sender_timeout");
    }
  }

  private void timeout(String change) {
    for (String each : lab.leaders()) {
      lab.sql(each, "alter system " + change);
      lab.sql(each, "select pg_reload_conf()");
    }
  }

  @Override
  String startByPackage() {
    return "pg_ctlcluster 17 main start";
  }

  @Override
  ByHand byHand() {
    String cluster = "runuser -u postgres -- pg_ctlcluster 17 main ";
    return new ByHand(cluster + "start", cluster + "stop");
  }

  @Override
  void hasWhatClosesIt(String of) {
    lab.shell(of, "test -f " + lab.data() + "/standby.signal");
  }

  @Override
  List<String> silences() {
    return List.of("freeze NODE", "cable NODE out");
  }

  @Override
  List<BadDevice> badDevices() {
    return List.of(
        new BadDevice("hang", "E-FENCE-01", "Connection timed out"),
        new BadDevice("fail", "E-FENCE-01", "exit code 1"),
        new BadDevice("lie", "E-FENCE-03", "reports off"),
        new BadDevice("wired-to THIRD", "E-FENCE-03", "The device points at another machine"));
  }

  @Test
  void aLeaderIsClosedOnlyWhenItsNameIsTypedOnceMore() {
    Map<String, String> before = fingerprints();

    assertThat(fence(leader).exits(10).err()).contains("E-CONFIRM-01", "--stop-writes " + leader);
    fence(leader, "--stop-writes", third).exits(2);
    assertThat(fingerprints()).isEqualTo(before);

    assertThat(fence(leader, "--stop-writes", leader).exits(0).out())
        .contains(leader + " is closed: stopped");
    assertThat(lab.leaders()).isEmpty();
    hasWhatClosesIt(leader);
  }

  @Test
  @Tag("long")
  void aServerWhosePostmasterWasKilledIsStoppedToItsLastSession() {
    try (BusySession busy = lab.busy(node, "do $$ begin loop end loop; end $$")) {
      Site.await(
          "a busy session",
          () ->
              !lab.sql(node, "select pid from pg_stat_activity where query like 'do %'").isEmpty());
      lab.shell(node, "kill -9 $(head -1 " + lab.data() + "/postmaster.pid)");

      assertThat(fence(node).exits(0).out()).contains(node + " is closed: stopped");

      assertThat(lab.processes(node)).isEmpty();
      assertThat(busy.output()).contains("server closed the connection unexpectedly");
    }
  }

  @Test
  @Tag("long")
  void aHostThatOnlyOthersReachIsStoppedThroughOneOfThem() {
    lab.lab("partition", "operator", node, "both");

    assertThat(fence(node).exits(0).out())
        .containsPattern(node + " is closed: stopped \\(stopped on its host through pg[12]\\)");

    lab.lab("heal");
    assertThat(lab.processes(node)).isEmpty();
  }

  /** One that hangs is waited for 20 s each time. */
  @Test
  void aDeadHostWithADeadDeviceNeedsTheWordOfSomebodyWhoHasSeenIt() {
    lab.lab("power", node, "off");
    lab.lab("bmc", node, "fail");

    Replctl.Result refused = fence(node).exits(11);
    assertThat(refused.err())
        .contains("E-FENCE-01", "ssh (no answer in 1 s)", "ssh through pg1", "fence_ipmilan")
        .contains("Nothing was changed.", "replctl fence pg3 --confirm-fenced pg3");

    fence(node, "--confirm-fenced", third).exits(2);
    assertThat(fence(node, "--confirm-fenced", node).exits(0).out())
        .contains(node + " is closed: operator (seen off by ");
  }

  @Test
  @Tag("long")
  void aWordThatIsContradictedDoesNotCount() {
    lab.lab("bmc", node, "fail");
    Map<String, String> before = fingerprints();

    assertThat(fence(node, "--power", "--confirm-fenced", node).exits(11).err())
        .contains("It was confirmed as off, but it answers on ssh.");

    assertThat(fingerprints()).isEqualTo(before);
  }

  @Test
  void verifySaysWhichDeviceIsNotToBeReliedOn() {
    lab.lab("bmc", third, "fail");
    lab.lab("bmc", node, "lie");
    fence(node, "--power").exits(11);

    String out = lab.replctl().run("fence", "verify").exits(11).out();

    assertThat(out)
        .containsPattern("pg1 +fence_ipmilan 10\\.\\d+\\.\\d+\\.111 +on")
        .contains("E-FENCE-01 exit code 1")
        .contains("E-FENCE-03 it reports off, but pg3 answers");
  }
}
