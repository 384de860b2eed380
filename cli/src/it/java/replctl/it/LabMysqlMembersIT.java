package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import replctl.it.site.BusySession;
import replctl.it.site.MysqlHosts;
import replctl.it.site.Site;

/**
 * Who belongs to a MySQL cluster, and whose word counts: nodes leave and join, writes wait for more
 * and for fewer, and a follower that was written to has no say. One story, from one init.
 */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("long")
class LabMysqlMembersIT {
  private static final String STATE = "/var/lib/replctl/blog/";
  private static final String GUARD = "/etc/systemd/system/mysql.service.d/replctl-guard.conf";
  private static final String BLOCK = "{mode: semi-sync, acks: 2, on_lost_sync: block}";
  private MysqlHosts hosts;

  @BeforeAll
  void begin() {
    hosts = MysqlHosts.ready();
    hosts.sql(
        "my1",
        "create database app; create table app.t (n int primary key);"
            + " insert into app.t values (0)");
  }

  @AfterAll
  void end() {
    if (hosts != null) {
      hosts.close();
    }
  }

  private void awaitRows(String node, String rows) {
    Site.await(
        node + " has the rows",
        () -> hosts.answers(node, "select group_concat(n order by n) from app.t", rows));
  }

  private String record() {
    return hosts.shell("my1", "grep -o '\"acks\":[0-9]*' " + STATE + "my1/epoch | head -n 1");
  }

  private String waits() {
    return hosts.sql(
        "my1",
        "select if(@@rpl_semi_sync_source_enabled,"
            + " @@rpl_semi_sync_source_wait_for_replica_count, 0)");
  }

  /** Its row can be read on the leader once those who are waited for have it. */
  private BusySession writing(int row) {
    return hosts.busy("my1", "insert into app.t values (" + row + ")");
  }

  private void receivers(String wish, String... nodes) {
    for (String node : nodes) {
      hosts.sql(node, wish + " replica io_thread");
    }
  }

  @Test
  @Order(1)
  void oneThatHasLeftIsNoWriterAndJoinsAgain() {
    assertThat(hosts.shell("my3", "cat " + GUARD)).contains("ExecStart");

    assertThat(hosts.replctl().run("remove", "my3", "--yes").exits(0).err())
        .containsSubsequence(
            "let my3 acknowledge nothing any more: done", "write down on every host who votes");

    assertThat(hosts.shell("my3", "pidof mysqld || :")).isEmpty();
    assertThat(hosts.shell("my3", "cat " + GUARD)).doesNotContain("ExecStart");
    assertThat(hosts.shell("my1", "cat " + STATE + "my1/epoch"))
        .contains("\"voters\":[\"my1\",\"my2\"]", "\"ackers\":[\"my2\"]");
    assertThat(hosts.replctl().run("switchover", "--yes").exits(10).err())
        .contains("E-VOTERS-01", "replctl add my3");
    hosts.sql("my1", "insert into app.t values (1)");
    hosts.lab("power", "my3", "off");
    hosts.lab("power", "my3", "on");
    Site.await("my3 runs", () -> hosts.answers("my3", "select @@super_read_only", "1"));
    assertThat(
            hosts.sql(
                "my3",
                "select service_state from performance_schema.replication_connection_status"))
        .isEqualTo("OFF");
    hosts.sql("my1", "insert into app.t values (2)");

    hosts.shell("my3", "systemctl stop mysql");
    assertThat(hosts.replctl().run("add", "my3", "--yes").exits(0).err())
        .doesNotContain("copy")
        .containsSubsequence(
            "start my3, closed: done",
            "write down on every host who votes: my1, my2, my3: done",
            "let my3 acknowledge what it receives");

    awaitRows("my3", "0,1,2");
    belongs("my3");
  }

  @Test
  @Order(2)
  void oneWhoseDataIsGoneIsMadeAnewFromAFollower() {
    hosts.replctl().run("remove", "my3", "--yes").exits(0);
    hosts.shell(
        "my3",
        "find /var/lib/mysql -mindepth 1 -delete; rm -r /var/lib/replctl/blog"
            + " /etc/mysql/mysql.conf.d/zz-replctl.cnf");
    hosts.sql("my1", "insert into app.t values (3)");

    assertThat(hosts.replctl().run("add", "my3", "--yes").exits(0).err())
        .containsSubsequence(
            "make an empty server in /var/lib/mysql", "start my3, closed", "copy my2 to my3");

    awaitRows("my3", "0,1,2,3");
    belongs("my3");
    assertThat(
            hosts.sql(
                "my3",
                "select count(*) from mysql.user where authentication_string = ''"
                    + " and plugin <> 'auth_socket'"))
        .isEqualTo("0");
  }

  private void belongs(String node) {
    assertThat(hosts.shell(node, "cat " + GUARD)).contains("ExecStart");
    assertThat(hosts.shell(node, "cat " + STATE + node + "/epoch")).contains("votes yes");
    assertThat(
            hosts.sql(
                node,
                "select variable_value from performance_schema.global_status"
                    + " where variable_name = 'Rpl_semi_sync_replica_status'"))
        .isEqualTo("ON");
    assertThat(hosts.replctl().run("init", "--yes").exits(0).out()).contains("Nothing to do");
  }

  @Test
  @Order(3)
  void whatWritesWaitForIsRaisedOnlyWhenItHoldsAndLoweredOnlyWhenThatIsKnown() {
    Replctl async = hosts.replctl("replication: {mode: async}");
    async.run("sync", "--apply", "--yes").exits(0);
    assertThat(waits() + record()).isEqualTo("0\"acks\":0");
    receivers("stop", "my2", "my3");
    hosts.sql("my1", "insert into app.t values (4)");

    Replctl two = hosts.replctl("replication: " + BLOCK);
    assertThat(two.run("sync", "--apply", "--yes").exits(10).err())
        .contains("writes will wait: 0 of 2 ackers receive");
    receivers("start", "my2", "my3");
    Site.await(
        "both receive",
        () -> two.run("sync").exits(0).out().contains("record") && canWaitFor("my2", "my3"));
    assertThat(two.run("sync", "--apply", "--yes").exits(0).err())
        .containsSubsequence(
            "let commits wait for 2 of my2, my3: done",
            "see that those who acknowledge have what was acknowledged before: done",
            "write down what writes wait for now: done");
    assertThat(waits() + record()).isEqualTo("2\"acks\":2");
    awaitRows("my2", "0,1,2,3,4");
    awaitRows("my3", "0,1,2,3,4");
  }

  private boolean canWaitFor(String... nodes) {
    for (String node : nodes) {
      if (!hosts.answers(
          node,
          "select variable_value from performance_schema.global_status"
              + " where variable_name = 'Rpl_semi_sync_replica_status'",
          "ON")) {
        return false;
      }
    }
    return true;
  }

  @Test
  @Order(4)
  void whereAnAckerIsLostWritesWaitUntilSomebodyLowersThatAndAreKept() {
    Replctl two = hosts.replctl("replication: " + BLOCK);
    hosts.lab("power", "my3", "off");
    try (BusySession waiting = writing(5)) {
      Site.await(
          "it waits",
          () ->
              hosts.answers(
                  "my1",
                  "select count(*) from performance_schema.threads"
                      + " where processlist_state like 'Waiting for semi-sync ACK%'",
                  "1"));
      // The server itself takes one that lost its power for connected.
      Site.await(
          "status tells",
          () ->
              two.run("status", "--timeout", "5s")
                  .exits(0)
                  .out()
                  .contains("writes wait now: 1 of 2 needed followers receive"));
      assertThat(two.run("status", "--timeout", "5s").out()).contains("replctl sync --acks 1");
      assertThat(waiting.isAlive()).isTrue();

      two.run("sync", "--acks", "1", "--yes").exits(0);

      assertThat(waiting.output()).isEmpty();
    }
    assertThat(waits() + record()).isEqualTo("1\"acks\":1");
    assertThat(two.run("sync").exits(0).out()).contains("lowered     to 1 by ");
    awaitRows("my2", "0,1,2,3,4,5");

    hosts.lab("power", "my3", "on");
    awaitRows("my3", "0,1,2,3,4,5");
    two.run("sync", "--apply", "--yes").exits(0);

    assertThat(waits() + record()).isEqualTo("2\"acks\":2");
    assertThat(two.run("sync").exits(0).out()).doesNotContain("lowered", "differs");
  }

  /** Nobody sees when it gives up: after a loss of the leader that would not be known either. */
  @Test
  @Order(5)
  void aLeaderThatDegradesByItselfPromisesNothing() {
    Replctl degrades =
        hosts.replctl(
            "replication: {mode: semi-sync, acks: 1, on_lost_sync: degrade, degrade_after: 2s}");
    assertThat(degrades.run("sync", "--apply", "--dry-run").exits(0).out())
        .contains("waits 2.0 s; then the server by itself waits for nobody");
    degrades.run("sync", "--apply", "--yes").exits(0);
    assertThat(waits() + record()).isEqualTo("1\"acks\":0");
    receivers("stop", "my2", "my3");
    hosts.sql("my1", "insert into app.t values (6)");
    assertThat(degrades.run("status").exits(0).out())
        .contains(
            "acknowledges writes that no follower has", "an acknowledged write is on my1 alone");
    receivers("start", "my2", "my3");
    awaitRows("my2", "0,1,2,3,4,5,6");

    hosts.replctl().run("sync", "--apply", "--yes").exits(0);

    assertThat(waits() + record()).isEqualTo("1\"acks\":1");
  }

  @Test
  @Order(6)
  void aLogOfStatementsIsShownWithThoseThatAreUnsafeAndLedBackToRows() {
    hosts.sql("my1", "create table app.t_u (u char(36)); set global binlog_format = STATEMENT");
    hosts.sql("my1", "use app; insert into t_u values (uuid())");

    assertThat(hosts.replctl().run("status").exits(0).out())
        .contains(
            "binlog_format is STATEMENT, and not ROW: a statement may do something else on a"
                + " follower, and 1 was written that the server calls unsafe; of those that"
                + " warned: INSERT INTO `t_u` VALUES ( `uuid` ( ) )");

    hosts.replctl().run("init", "--yes").exits(0);

    assertThat(hosts.sql("my1", "select @@global.binlog_format")).isEqualTo("ROW");
    assertThat(hosts.replctl().run("status").exits(0).out()).doesNotContain("binlog_format");
  }

  @Test
  @Order(7)
  void aFollowerThatWasWrittenToNeitherLeadsNorStandsInTheWay() {
    String rows = hosts.sql("my1", "select group_concat(n order by n) from app.t");
    awaitRows("my3", rows);
    hosts.sql(
        "my3",
        "set global super_read_only = 0; insert into app.t values (1000);"
            + " set global super_read_only = 1");
    assertThat(hosts.replctl().run("candidates").exits(0).out())
        .contains("its history parted from the leader's");
    hosts.sql("my1", "set global super_read_only = 1");

    assertThat(hosts.replctl().run("open", "my1", "--dry-run").exits(0).out())
        .contains("my3 has 1 transaction of its own, written while it followed");
    hosts.replctl().run("open", "my1", "--yes").exits(0);

    hosts.sql("my1", "insert into app.t values (999)");
    hosts.lab("freeze", "my1");
    assertThat(hosts.replctl().run("failover", "--to", "my3", "--yes").exits(10).err())
        .contains("E-CANDIDATE-01", "my3 can't lead: it has what was written there");

    hosts.replctl().run("failover", "--yes").exits(0);

    assertThat(hosts.sql("my2", "select group_concat(n order by n), @@super_read_only from app.t"))
        .isEqualTo(rows + ",999\t0");
  }
}
