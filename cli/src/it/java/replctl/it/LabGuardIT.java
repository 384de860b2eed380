package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import replctl.it.probe.ProbeProcess;
import replctl.it.site.EpochFile;
import replctl.it.site.LabSite;
import replctl.it.site.Site;

/** A leader that comes back is not writable by itself: real boots of real hosts. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LabGuardIT {
  private static final String UNIT = "postgresql@17-main";
  private static final String DATA = "/var/lib/postgresql/17/main";
  private LabSite lab;

  /** Who leads, and in which epoch, by the record that init or a later operation wrote. */
  private String leader;

  private List<String> others;
  private int epoch;
  private boolean forged;

  @BeforeAll
  void begin() {
    lab = LabSite.open();
  }

  @AfterAll
  void end() {
    if (lab != null) {
      lab.close();
    }
  }

  @BeforeEach
  void aClusterWithARecord() {
    lab.ready();
    leader = lab.leaders().get(0);
    others = lab.nodes().stream().filter(n -> !n.equals(leader)).toList();
    epoch = lab.epoch(leader);
    forged = false;
  }

  @AfterEach
  void asItWas() {
    lab.nodes().forEach(n -> lab.lab("power", n, "on"));
    if (forged || !lab.leaders().equals(List.of(leader)) || !lab.allFollow(leader)) {
      lab.wipe();
    }
  }

  /** Has a node's epoch file say something else; the cluster is not used after it. */
  private void forge(String node, String promise, int recorded, String leads) {
    forged = true;
    EpochFile.write(lab, node, promise, recorded, leads);
  }

  @Test
  void aLeaderWhosePeersAreDownWaitsClosedAndOpensOnceOneIsBack() {
    lab.nodes().forEach(n -> lab.lab("power", n, "off"));
    lab.lab("power", leader, "on");

    awaitsClosed("few", "1 of 3 voters, and 2 are needed");
    assertThat(lab.replctl().run("status", "--timeout", "5s").out())
        .contains("its start guard keeps its server closed: 1 of 3 voters");

    aStartByHandAsTheServersUserPassesTheGuardBy();
    // As root the same words go the way of the unit, and wait.
    assertThat(lab.shell(leader, "timeout 4 pg_ctlcluster 17 main start; echo $?")).endsWith("124");
    awaitsClosed("few", "1 of 3 voters");

    long from = System.nanoTime();
    lab.lab("power", others.get(0), "on");
    long up = System.nanoTime();
    Site.await("the leader opens", () -> lab.leaders().equals(List.of(leader)));
    said("a peer's boot", from, up);
    said("until writable again", up, System.nanoTime());
    assertThat(journal(leader)).contains(leader + " starts: 2 of 3 voters know of no other leader");
  }

  @Test
  void aSiteThatHadAPowerCutHealsByItselfAndLosesNothing() {
    try (ProbeProcess probe = lab.writes()) {
      lab.nodes().forEach(n -> lab.lab("power", n, "off"));
      long from = System.nanoTime();
      lab.nodes().stream()
          .map(n -> CompletableFuture.runAsync(() -> lab.lab("power", n, "on")))
          .toList()
          .forEach(CompletableFuture::join);
      said("all hosts are up", from, System.nanoTime());
      Site.await("the leader opens", () -> lab.leaders().equals(List.of(leader)));
      said("the leader is open", from, System.nanoTime());
      lab.awaitFollowers(leader);
      probe.awaitMore();
      said("writes are acknowledged", from, System.nanoTime());
      System.out.println("LabGuardIT: " + probe.keptAll());
    }
  }

  @Test
  @Tag("long")
  void aNewerRecordOnOneVoterHasItComeBackReadOnly() {
    lab.lab("power", leader, "off");
    forge(others.get(0), (epoch + 1) + " op-other closed", epoch + 1, others.get(0));
    lab.lab("power", leader, "on");

    comesBackReadOnly("epoch " + (epoch + 1) + " has the leader " + others.get(0));
  }

  @Test
  void aMarkerHasItComeBackReadOnlyAlsoWhenItIsStartedByHand() {
    lab.shell(leader, "echo '8 op-other' > " + EpochFile.state(leader) + "/fenced; sync");
    lab.lab("power", leader, "off");
    lab.lab("power", leader, "on");
    comesBackReadOnly("it was fenced");

    lab.shell(leader, "systemctl stop " + UNIT);
    lab.shell(
        leader, "runuser -u postgres -- pg_ctlcluster --skip-systemctl-redirect 17 main start");
    Site.await("it answers", () -> answers(leader));
    assertThat(lab.sql(leader, "select pg_is_in_recovery()")).isEqualTo("t");
    lab.shell(
        leader, "runuser -u postgres -- pg_ctlcluster --skip-systemctl-redirect 17 main stop");
  }

  @Test
  @Tag("long")
  void anOperationThatIsNotOverKeepsItClosed() {
    lab.lab("power", leader, "off");
    forge(others.get(1), (epoch + 1) + " op-other open", epoch, leader);
    lab.lab("power", leader, "on");

    awaitsClosed("unfinished", "operation op-other is not over, by " + others.get(1) + "'s word");

    forge(others.get(1), (epoch + 1) + " op-other closed", epoch, leader);
    Site.await("the leader opens", () -> lab.leaders().equals(List.of(leader)));
  }

  @Test
  @Tag("long")
  void aPeerThatWasPromotedByHandKeepsItClosedUntilItIsWrittenDown() {
    lab.lab("power", leader, "off");
    lab.sql(others.get(0), "select pg_promote()");
    lab.lab("power", leader, "on");
    awaitsClosed("writable", others.get(0) + " takes writes");

    assertThat(lab.replctl().run("open", "--yes").exits(14).err())
        .contains("E-SPLIT-01", "replctl open " + others.get(0) + " --re-record");
    lab.replctl().run("open", others.get(0), "--re-record", "--yes").exits(0);

    assertThat(lab.epoch(others.get(1))).isEqualTo(epoch + 1);
    comesBackReadOnly("epoch " + (epoch + 1) + " has the leader " + others.get(0));
    assertThat(lab.leaders()).containsExactly(others.get(0));
  }

  @Test
  @Tag("long")
  void openOpensALeaderWhoseProcessesWereKilled() {
    lab.shell(leader, "pkill -KILL -u postgres -f /postgresql/17/bin/postgres; sleep 1");
    assertThat(lab.leaders()).isEmpty();

    lab.replctl().run("open", "--yes").exits(0);

    assertThat(lab.leaders()).containsExactly(leader);
    lab.nodes().forEach(n -> assertThat(lab.epoch(n)).isEqualTo(epoch + 1));
    lab.awaitFollowers(leader);
    // From cron, when all is well.
    assertThat(lab.replctl().run("open", "--yes", "--quiet").exits(0).out()).isEmpty();

    // While Debian's pg_ctlcluster still waits for the server that is killed: its failure is not
    // ours. It must be the new one that is killed, or its start is still to come.
    lab.shell(
        leader,
        "file=/var/lib/postgresql/17/main/postmaster.pid; read -r old < $file; new=$old;"
            + " systemctl restart --no-block "
            + UNIT
            + "; until [ $new != $old ] && pg_isready -q; do sleep 0.01;"
            + " { read -r new < $file; } 2> /dev/null || new=$old; done;"
            + " pkill -KILL -u postgres -f /postgresql/17/bin/postgres");
    lab.replctl().run("open", "--yes").exits(0);
    assertThat(lab.leaders()).containsExactly(leader);
  }

  @Test
  @Tag("long")
  void openOpensALeaderThatLostItsEpochFileAndWaitsInItsGuard() {
    lab.shell(leader, "rm " + EpochFile.state(leader) + "/epoch; sync");
    lab.lab("power", leader, "off");
    lab.lab("power", leader, "on");
    awaitsClosed("gone", "it has no epoch file, and epochs are in use");

    lab.replctl().run("open", leader, "--yes").exits(0);

    assertThat(lab.leaders()).containsExactly(leader);
    assertThat(lab.epoch(leader)).isEqualTo(epoch + 1);
    assertThat(journal(leader)).contains(" starts it.");
    lab.awaitFollowers(leader);
  }

  @Test
  @Tag("long")
  void aDamagedFileKeepsItClosedAndAMarkerThatAppearsIsSeen() {
    forged = true;
    lab.shell(leader, "sed -i s/closed/open/ " + EpochFile.state(leader) + "/epoch; sync");
    lab.lab("power", leader, "off");
    lab.lab("power", leader, "on");
    awaitsClosed("unreadable", "its sum differs");

    String took =
        lab.shell(
            leader,
            "echo '8 op-other' > "
                + EpochFile.state(leader)
                + "/fenced; from=$EPOCHREALTIME; until [ -e "
                + DATA
                + "/standby.signal ]; do sleep 0.01; done; echo $(((${EPOCHREALTIME/./} -"
                + " ${from/./}) / 1000))");
    System.out.println("LabGuardIT: the marker was seen after " + took + " ms");
    comesBackReadOnly("it was fenced");
  }

  /** What a guard can't do: who is the server's user starts it without asking anybody. */
  private void aStartByHandAsTheServersUserPassesTheGuardBy() {
    lab.shell(
        leader, "runuser -u postgres -- pg_ctlcluster --skip-systemctl-redirect 17 main start");
    Site.await("it answers", () -> answers(leader));
    assertThat(lab.sql(leader, "select pg_is_in_recovery()")).isEqualTo("f");
    lab.shell(
        leader, "runuser -u postgres -- pg_ctlcluster --skip-systemctl-redirect 17 main stop");
  }

  private void awaitsClosed(String rule, String why) {
    Site.await(
        "the guard waits: " + rule,
        () ->
            lab.shell(leader, "cat " + EpochFile.state(leader) + "/guard/waiting 2> /dev/null || :")
                .contains(" " + rule + " "));
    assertThat(lab.shell(leader, "cat " + EpochFile.state(leader) + "/guard/waiting"))
        .contains(why);
    assertThat(lab.shell(leader, "systemctl is-active " + UNIT + " || :")).isEqualTo("activating");
    assertThat(lab.shell(leader, "ss -Hltn sport = :5432")).isEmpty();
    assertThat(lab.shell(leader, "ls " + DATA)).doesNotContain("standby.signal");
    assertThat(lab.leaders()).doesNotContain(leader);
  }

  private void comesBackReadOnly(String why) {
    Site.await("it answers", () -> answers(leader));
    assertThat(lab.sql(leader, "select pg_is_in_recovery()")).isEqualTo("t");
    assertThat(journal(leader)).contains(leader + " starts read-only: " + why);
  }

  private boolean answers(String node) {
    try {
      return lab.sql(node, "select 1").equals("1");
    } catch (AssertionError notYet) {
      return false;
    }
  }

  private String journal(String node) {
    return lab.shell(node, "journalctl --boot --no-pager --output cat --unit " + UNIT);
  }

  private static void said(String what, long from, long to) {
    System.out.printf("LabGuardIT: %s after %.1f s%n", what, (to - from) / 1e9);
  }
}
