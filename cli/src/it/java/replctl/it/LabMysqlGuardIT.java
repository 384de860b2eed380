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
import replctl.it.site.MysqlHosts;
import replctl.it.site.Site;

/** A MySQL leader that comes back is closed until its guard, or an operator, opens it. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("long")
class LabMysqlGuardIT {
  private static final List<String> NODES = List.of("my1", "my2", "my3");
  private static final String LEADER = "my1";
  private static final String STATE = "/var/lib/replctl/blog/";

  /** As an upgrade does it. */
  private static final String CONFIGURED =
      "dpkg-reconfigure --frontend noninteractive mysql-server";

  private MysqlHosts hosts;

  @BeforeAll
  void begin() {
    hosts = MysqlHosts.ready();
  }

  @AfterAll
  void end() {
    if (hosts != null) {
      hosts.close();
    }
  }

  @BeforeEach
  void itLeads() {
    awaitOpen();
  }

  @AfterEach
  void allAreUp() {
    NODES.forEach(n -> hosts.lab("power", n, "on"));
  }

  private boolean isOpen(String node) {
    return hosts.answers(node, "select @@read_only + @@super_read_only", "0");
  }

  private void awaitOpen() {
    Site.await("the leader takes writes", () -> isOpen(LEADER));
  }

  private void awaitReceiving(String node) {
    Site.await(
        node + " receives",
        () ->
            hosts.answers(
                node,
                "select service_state from performance_schema.replication_connection_status",
                "ON"));
  }

  private void awaitWaiting(String rule) {
    Site.await(
        "the guard waits: " + rule,
        () ->
            hosts
                .shell(LEADER, "cat " + STATE + LEADER + "/guard/waiting 2> /dev/null || :")
                .contains(" " + rule + " "));
    assertThat(hosts.sql(LEADER, "select @@super_read_only")).isEqualTo("1");
  }

  /** Its guard says why. The journal is written down a moment after the server is open. */
  private void awaitJournal(String expression) {
    Site.await(
        "the journal of " + LEADER + " has: " + expression,
        () ->
            hosts
                .shell(LEADER, "journalctl --boot --no-pager --output cat --unit mysql")
                .matches("(?s).*" + expression + ".*"));
  }

  @Test
  void aServerThatIsKilledComesBackClosedAndIsOpenedWithWhatCommitsWaitFor() {
    String waits =
        "select @@rpl_semi_sync_source_enabled, @@rpl_semi_sync_source_wait_for_replica_count,"
            + " @@rpl_semi_sync_source_timeout";
    String before = hosts.sql(LEADER, waits);

    hosts.shell(LEADER, "kill -9 $(pidof mysqld); until ! pidof mysqld; do sleep 0.01; done");

    awaitOpen();
    assertThat(hosts.sql(LEADER, waits)).isEqualTo(before);
    awaitJournal("Scheduled restart job.*my1 takes writes: [23] of 3 voters");
    assertThat(hosts.replctl().run("status").exits(0).out()).doesNotContain("has no start guard");
  }

  @Test
  void aFollowerThatReboots() {
    hosts.lab("power", "my2", "off");
    hosts.lab("power", "my2", "on");

    awaitReceiving("my2");
    assertThat(hosts.sql("my2", "select @@super_read_only")).isEqualTo("1");
  }

  @Test
  void aLeaderWhosePeersAreDownWaitsClosedAndOpensOnceOneIsBack() {
    NODES.forEach(n -> hosts.lab("power", n, "off"));
    hosts.lab("power", LEADER, "on");
    awaitWaiting("few");
    assertThat(hosts.replctl().run("status", "--timeout", "5s").out())
        .contains("its start guard keeps its server closed: 1 of 3 voters");

    hosts.lab("power", "my2", "on");
    awaitOpen();
    awaitJournal("2 of 3 voters know of no other leader than my1");
  }

  @Test
  void aSiteThatHadAPowerCutHealsByItself() {
    NODES.forEach(n -> hosts.lab("power", n, "off"));
    NODES.stream()
        .map(n -> CompletableFuture.runAsync(() -> hosts.lab("power", n, "on")))
        .toList()
        .forEach(CompletableFuture::join);
    awaitOpen();
    awaitReceiving("my2");
    awaitReceiving("my3");
  }

  @Test
  void openOpensALeaderThatLostItsEpochFileAndWaits() {
    hosts.shell(LEADER, "rm " + STATE + LEADER + "/epoch; systemctl restart mysql");
    awaitWaiting("gone");

    hosts.replctl().run("open", LEADER, "--yes").exits(0);

    assertThat(isOpen(LEADER)).isTrue();
    assertThat(hosts.sql(LEADER, "select leader from replctl.epoch order by epoch desc limit 1"))
        .isEqualTo(LEADER);
  }

  @Test
  void aLeaderThatWasFencedIsOpenedByHandOnly() {
    hosts.replctl().run("fence", LEADER, "--stop-writes", LEADER, "--yes").exits(0);
    assertThat(hosts.shell(LEADER, "pidof mysqld || :")).isEmpty();
    assertThat(hosts.shell(LEADER, "systemctl start mysql 2>&1 || :")).contains("masked");
    assertThat(hosts.replctl().run("open", LEADER, "--yes").exits(10).err())
        .contains("my1 was fenced");
    hosts.shell(LEADER, CONFIGURED + " || :");
    assertThat(hosts.shell(LEADER, "pidof mysqld || :")).isEmpty();
    assertThat(hosts.shell(LEADER, "systemctl is-enabled mysql || :")).isEqualTo("masked");

    hosts.replctl().run("unfence", LEADER, "--yes").exits(0);
    hosts.replctl().run("open", LEADER, "--yes").exits(0);

    assertThat(isOpen(LEADER)).isTrue();
    awaitReceiving("my2");
  }

  /** What its commits wait for, by the server; and by the guard's word, who has opened it. */
  private void opensItself(String change) {
    String waits =
        "select @@rpl_semi_sync_source_enabled, @@rpl_semi_sync_source_wait_for_replica_count,"
            + " @@rpl_semi_sync_source_timeout";
    String before = hosts.sql(LEADER, waits);

    hosts.shell(LEADER, change);

    Site.await("it takes writes again", () -> isOpen(LEADER));
    assertThat(hosts.sql(LEADER, waits)).isEqualTo(before);
    assertThat(NODES).filteredOn(this::isOpen).containsExactly(LEADER);
    Site.await(
        "its guard says why",
        () ->
            hosts
                .shell(
                    LEADER,
                    "journalctl --boot --no-pager --output cat --unit mysql"
                        + " _SYSTEMD_INVOCATION_ID=$(systemctl show -P InvocationID mysql)")
                .matches("(?s).*my1 takes writes: [23] of 3 voters.*"));
  }

  /** Packages do this to a service, and so do their triggers. */
  @Test
  void aLeaderThatIsRestarted() {
    opensItself("systemctl daemon-reload; systemctl try-restart mysql; systemctl restart mysql");
  }

  /** The kernel ends what takes up too much memory, and systemd then ends what is left of it. */
  @Test
  void aLeaderWhoseWholeControlGroupIsKilled() {
    opensItself(
        "old=$(pidof mysqld); systemctl kill --signal KILL --kill-whom all mysql;"
            + " while [ -d /proc/$old ]; do sleep 0.01; done");
  }

  /** Debian's package starts a server of its own for that, and writes with it. */
  @Test
  void aLeaderWhosePackageIsConfigured() {
    opensItself(CONFIGURED);
  }

  @Test
  void aFollowerWhosePackageIsConfiguredHasATransactionOfItsOwnThatHarmsNobody() {
    String uuid = hosts.sql("my2", "select @@server_uuid");

    hosts.shell("my2", CONFIGURED);

    awaitReceiving("my2");
    assertThat(hosts.sql("my2", "select concat(@@super_read_only, ' ', @@gtid_executed)"))
        .startsWith("1 ")
        .contains(uuid + ":1");
    assertThat(hosts.replctl().run("rejoin", "my2", "--dry-run").exits(0).out())
        .contains("1 x ALTER USER of Debian's package", "by empty transactions");
    hosts.replctl().run("rejoin", "my2", "--yes").exits(0);
    awaitReceiving("my2");
    Site.await(
        "nobody lacks anything",
        () ->
            hosts.answers(
                "my2", "select @@gtid_executed", hosts.sql(LEADER, "select @@gtid_executed")));
    hosts.shell("my2", "rm -rf " + STATE + "my2/divergence");
  }

  /** It is told so by its guard, since it has nothing that the new leader lacks. */
  @Test
  void aFollowerThatWasStoppedDuringASwitchoverReceivesFromTheNewLeader() {
    hosts.shell("my3", "systemctl stop mysql");
    hosts.replctl().run("switchover", "--to", "my2", "--yes").exits(0);

    hosts.shell("my3", "systemctl start mysql");

    awaitReceiving("my3");
    assertThat(
            hosts.sql(
                "my3", "select host from performance_schema.replication_connection_configuration"))
        .isEqualTo("my2");
    hosts.replctl().run("switchover", "--to", LEADER, "--yes").exits(0);
  }

  /** Its old leader's disk may have what nobody else has, and so may its own. */
  @Test
  void aFollowerThatWasStoppedDuringAFailoverWaitsToBeLookedAt() {
    hosts.shell("my3", "systemctl stop mysql");
    hosts.lab("freeze", LEADER);
    hosts.replctl().run("failover", "--accept-loss", "any", "--acks", "0", "--yes").exits(0);
    hosts.lab("heal");

    hosts.shell("my3", "systemctl start mysql");

    String why = "it is set to receive from " + LEADER + ", and my2 leads";
    Site.await(
        "the guard waits",
        () ->
            hosts
                .shell("my3", "cat " + STATE + "my3/guard/waiting 2> /dev/null || :")
                .contains(why));
    assertThat(hosts.replctl().run("status").out()).contains(why, "replctl rejoin my3");
    hosts.replctl().run("rejoin", "my3", "--yes").exits(0);
    awaitReceiving("my3");
    hosts.lab("power", LEADER, "on");
    Site.await("it is up", () -> hosts.answers(LEADER, "select @@super_read_only", "1"));
    hosts.replctl().run("rejoin", LEADER, "--yes").exits(0);
    hosts.replctl().run("sync", "--apply", "--yes").exits(0);
    Site.await(
        "it can lead",
        () ->
            hosts
                .replctl()
                .run("candidates")
                .out()
                .matches("(?s).*(^|\\n)" + LEADER + " +can lead .*"));
    hosts.replctl().run("switchover", "--to", LEADER, "--yes").exits(0);
  }
}
