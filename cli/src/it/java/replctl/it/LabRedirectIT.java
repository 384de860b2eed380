package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import replctl.it.site.LabSite;
import replctl.it.site.Shell;
import replctl.it.site.Site;

/** An address that moves with the leader, on real hosts: it is never on two of them. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("long")
class LabRedirectIT {
  private static final String ADDRESS = "10.111.0.200";
  private static final String AROUND = "redirect:\n  - {vip: 10.111.0.200/24, device: eth0}\n";

  private LabSite lab;

  /** The device of pg1 was seen to switch it: a host that is off already counts as closed. */
  @BeforeAll
  void begin() {
    lab = LabSite.open();
    lab.lab("heal");
    lab.lab("up", "3");
    lab.around("");
    lab.ready("pg2");
    lab.replctl().run("fence", "drill", "pg1", "--yes").exits(0);
    lab.awaitFollowers("pg2");
  }

  @AfterAll
  void end() {
    if (lab != null) {
      lab.around("");
      lab.lab("heal");
      lab.lab("up", "3");
      lab.nodes().forEach(this::take);
      lab.close();
    }
  }

  /** As an operator has placed it. */
  @BeforeEach
  void pg1LeadsAndHasTheAddress() {
    lab.lab("heal");
    lab.lab("up", "3");
    lab.around("");
    lab.ready("pg1");
    lab.writes().close();
    lab.nodes().forEach(this::take);
    lab.shell(
        "pg1",
        "ip address add " + ADDRESS + "/24 dev eth0 && arping -q -U -c 1 -I eth0 " + ADDRESS);
    lab.around(AROUND);
    client("set client_min_messages to error; drop table if exists led; create table led (at int)");
    isOn("pg1");
  }

  private void take(String node) {
    lab.shell(
        node,
        "ip -o address show to "
            + ADDRESS
            + " | grep -q . || exit 0; ip address del "
            + ADDRESS
            + "/24 dev eth0");
  }

  /** On that host, and on no other that has power. */
  private void isOn(String... nodes) {
    assertThat(
            lab.nodes().stream()
                .filter(n -> lab.lab("status").lines().anyMatch(l -> l.matches(n + " .* on +.*")))
                .filter(n -> !lab.shell(n, "ip -o address show to " + ADDRESS).isEmpty()))
        .containsExactly(nodes);
  }

  private String client(String statement) {
    Shell.Ended ended = lab.client(ADDRESS, statement);
    assertThat(ended.code()).as(ended.out()).isZero();
    return ended.out();
  }

  /** A row by the address is on the leader, and so are those before. */
  private void clientsLandOn(String node, int rows) {
    long from = System.nanoTime();
    client("insert into led values (" + rows + ")");
    System.out.printf(
        "lab, a row by the address to %s in %d ms%n", node, (System.nanoTime() - from) / 1_000_000);
    assertThat(lab.leaders()).containsExactly(node);
    assertThat(lab.client(node, "select count(*) from led").out())
        .isEqualTo(Integer.toString(rows));
  }

  @Test
  void aSwitchoverTakesTheAddressAlong() {
    clientsLandOn("pg1", 1);

    Replctl.Result result = lab.replctl().run("switchover", "--to", "pg3", "--yes").exits(0);

    assertThat(result.err()).contains("move address 10.111.0.200/24 on eth0 to pg3");
    isOn("pg3");
    clientsLandOn("pg3", 2);
    lab.awaitFollowers("pg3");

    lab.replctl().run("switchover", "--to", "pg1", "--yes").exits(0);

    isOn("pg1");
    clientsLandOn("pg1", 3);
    assertThat(lab.unfinished()).isEmpty();
  }

  @Test
  void afterThePowerIsOffTheNewLeaderHasIt() {
    clientsLandOn("pg1", 1);
    lab.lab("power", "pg1", "off");

    lab.replctl().run("failover", "--to", "pg2", "--yes").exits(0);

    isOn("pg2");
    clientsLandOn("pg2", 2);
    back();
    isOn("pg2");
  }

  /** An old leader of which nobody knows whether it is off may have the address still. */
  @Test
  void whereNoDeviceSaysThatTheOldLeaderIsOffItIsOwed() {
    clientsLandOn("pg1", 1);
    lab.lab("power", "pg1", "off");
    lab.lab("bmc", "pg1", "fail");

    Replctl.Result result =
        lab.replctl().run("failover", "--to", "pg2", "--confirm-fenced", "pg1", "--yes").exits(12);

    assertThat(result.out())
        .contains("pg1 may still have 10.111.0.200/24, which is not added to pg2")
        .contains("replctl op resume");
    assertThat(lab.leaders()).containsExactly("pg2");
    isOn();
    lab.lab("bmc", "pg1", "ok");

    lab.replctl().run("op", "resume").exits(0);

    isOn("pg2");
    clientsLandOn("pg2", 2);
    back();
  }

  private void back() {
    lab.lab("power", "pg1", "on");
    Site.await("pg1's server", () -> lab.shell("pg1", "pg_lsclusters -h || :").contains("online"));
    lab.replctl().run("rejoin", "pg1", "--yes").exits(0);
    lab.awaitFollowers("pg2");
  }

  @Test
  void whereSudoDoesNotGrantItASwitchoverIsRefusedBeforeAnythingChanges() {
    lab.around(AROUND.replace("200/24", "201/24"));
    String before = lab.started("pg1");

    Replctl.Result result = lab.replctl().run("switchover", "--to", "pg2", "--yes").exits(10);

    assertThat(result.err())
        .contains("E-REDIRECT-01", "Nothing was changed.")
        .contains("dba ALL=(root) NOPASSWD: /usr/sbin/ip address add 10.111.0.201/24 dev eth0");
    assertThat(lab.leaders()).containsExactly("pg1");
    assertThat(lab.started("pg1")).isEqualTo(before);
    isOn("pg1");
  }

  /** A host that stands still and leads nobody does not hold the others up. */
  @Test
  void aSilentFollowerThatNobodyAnswersForIsNoHindrance() {
    clientsLandOn("pg1", 1);
    lab.lab("freeze", "pg3");

    Replctl.Result result = lab.replctl().run("switchover", "--to", "pg2", "--yes");

    // That pg3 follows is owed.
    assertThat(result.code()).as(result.toString()).isEqualTo(12);
    assertThat(result.out()).doesNotContain("may still have", "not added");
    // Nothing can be run on a host that stands still, not even by the lab.
    lab.lab("thaw", "pg3");
    isOn("pg2");
    clientsLandOn("pg2", 2);
    lab.replctl().run("op", "resume").exits(0);
    isOn("pg2");
  }
}
