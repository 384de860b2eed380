package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import replctl.it.site.MysqlByHand;
import replctl.it.site.MysqlHosts;

/** Setting MySQL's replication up on hosts whose package has made an empty server each. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("long")
class LabMysqlInitIT {
  private static final List<String> FOLLOWERS = List.of("my2", "my3");

  /** In the middle of a follower's copy. */
  private static final int KILLED_AFTER = 48;

  private MysqlHosts hosts;

  @BeforeAll
  void begin() {
    hosts = MysqlHosts.open();
  }

  @AfterAll
  void end() {
    if (hosts != null) {
      hosts.close();
    }
  }

  @Test
  @Order(1)
  void whatAnAdministratorMustTypeIsSaid() {
    Replctl.Result refused = hosts.replctl().run("init", "--yes").exits(77);

    assertThat(refused.err())
        .contains("REFUSED [E-RIGHTS-01] my1's server does not let the OS user mysql in.")
        .contains("create user 'mysql'@'localhost' identified with auth_socket")
        .contains("Nothing was changed.");
    for (String follower : FOLLOWERS) {
      assertThat(hosts.sql(follower, "select count(*) from mysql.user where user = 'mysql'"))
          .isEqualTo("0");
    }
  }

  /** The leader has an event, a table and a channel of somebody's when it is copied. */
  @Test
  @Order(2)
  void fromEmptyServers() {
    hosts.letReplctlIn();
    hosts.sql(
        "my1",
        "create database app; create table app.t (n int auto_increment primary key);"
            + " insert into app.t values (), ();"
            + " create event app.e on schedule every 1 second do insert into app.t values ()");

    hosts.replctl().run("init", "--restart", "--yes").exits(0);

    replicates();
    for (String follower : FOLLOWERS) {
      assertThat(
              hosts.sql(
                  follower,
                  "select @@super_read_only, @@event_scheduler, @@relay_log_recovery,"
                      + " @@skip_replica_start, @@rpl_semi_sync_replica_enabled,"
                      + " @@rpl_semi_sync_source_enabled"))
          .isEqualTo("1\tOFF\t1\t1\t1\t0");
      // A copy's own transactions would be those of events that ran there. The leader goes on.
      String has = executed(follower);
      assertThat(hosts.sql("my1", "select gtid_subtract('" + has + "', @@gtid_executed)"))
          .isEmpty();
      assertThat(
              hosts.sql(
                  follower,
                  "select user, auto_position, ssl_verify_server_certificate,"
                      + " round(heartbeat_interval) from"
                      + " performance_schema.replication_connection_configuration"))
          .isEqualTo("replctl_replication\t1\tYES\t1");
    }
    assertThat(
            hosts.sql(
                "my1",
                "select @@read_only, @@event_scheduler, @@rpl_semi_sync_source_enabled,"
                    + " @@rpl_semi_sync_source_timeout,"
                    + " @@rpl_semi_sync_source_wait_for_replica_count,"
                    + " @@rpl_semi_sync_source_wait_no_replica, @@rpl_semi_sync_source_wait_point"))
        .isEqualTo("0\tON\t1\t4294967295\t1\t1\tAFTER_SYNC");
    assertThat(
            hosts.sql(
                "my1",
                "select user, super_priv, ssl_type from mysql.user where user like 'replctl%'"
                    + " order by 1"))
        .isEqualTo("replctl\tN\tANY\nreplctl_clone\tN\tANY\nreplctl_replication\tN\tANY");
    assertThat(hosts.replctl().run("status").exits(0).out())
        .contains("an acknowledged write is on my1 and my2 or my3")
        .doesNotContain("warnings")
        .doesNotContain("critical");
  }

  @Test
  @Order(3)
  void aSecondTimeNothingIsToBeDone() {
    String before = files();

    assertThat(hosts.replctl().run("init", "--yes").exits(0).out()).contains("Nothing to do");
    assertThat(files()).isEqualTo(before);
  }

  /** What somebody has persisted would win at the next start: a leader open, a follower too. */
  @Test
  @Order(4)
  void whatIsPersistedIsShownAndTakenBack() {
    hosts.sql("my3", "set persist_only super_read_only = OFF; set persist sync_binlog = 100");

    assertThat(hosts.replctl().run("init", "--dry-run").exits(0).out())
        .contains("super_read_only = OFF was persisted, and would win at a start");
    hosts.replctl().run("init", "--yes").exits(0);

    assertThat(hosts.sql("my3", "select variable_name from performance_schema.persisted_variables"))
        .isEmpty();
    assertThat(hosts.sql("my3", "select @@sync_binlog, @@super_read_only")).isEqualTo("1\t1");
  }

  /** Without GTIDs, by positions, with a log of statements, and from one that may be in use. */
  @Test
  @Order(5)
  void adoptsWhatReplicatesAlready() {
    hosts.wipe();
    hosts.letReplctlIn();
    new MysqlByHand(hosts).beginByPositions();
    hosts.sql("my1", "insert into app.t values (), (), ()");
    String rows = hosts.sql("my1", "select * from app.t");
    String uuids = uuids();

    String refused = hosts.replctl().run("init", "--yes").exits(10).err();
    assertThat(refused).contains("my1 must restart before").contains("plugin clone");
    assertThat(hosts.sql("my1", "select @@read_only, @@gtid_mode")).isEqualTo("0\tOFF");

    hosts.replctl().run("init", "--restart", "--yes").exits(0);

    replicates();
    assertThat(uuids()).isEqualTo(uuids);
    assertThat(hosts.sql("my3", "select * from app.t")).startsWith(rows);
    assertThat(hosts.sql("my3", "select @@gtid_mode, @@binlog_format")).isEqualTo("ON\tROW");
    assertThat(hosts.replctl().run("init", "--yes").exits(0).out()).contains("Nothing to do");
  }

  @Test
  @Order(6)
  void killedInTheMiddleItIsResumed() {
    hosts.wipe();
    hosts.letReplctlIn();
    List<Path> before = hosts.operations().journals();
    try (Replctl.Running init = hosts.replctl().start("init", "--yes")) {
      assertThat(hosts.operations().killAtLine(init, before, KILLED_AFTER)).isTrue();
    }
    assertThat(hosts.operations().unfinished()).hasSize(1);

    hosts.replctl().run("op", "resume").exits(0);

    replicates();
    assertThat(hosts.replctl().run("init", "--yes").exits(0).out()).contains("Nothing to do");
  }

  private String executed(String node) {
    return hosts.sql(node, "select replace(@@gtid_executed, '\\n', '')");
  }

  private void replicates() {
    hosts.sql("my1", "create database if not exists app");
    hosts.sql("my1", "create table if not exists app.t (n int auto_increment primary key)");
    hosts.sql("my1", "insert into app.t values ()");
    new MysqlByHand(hosts).awaitAllApplied();
    for (String follower : FOLLOWERS) {
      assertThat(
              hosts.sql(
                  follower,
                  "select service_state from performance_schema.replication_connection_status"))
          .isEqualTo("ON");
    }
  }

  private String files() {
    StringBuilder all = new StringBuilder();
    for (String node : List.of("my1", "my2", "my3")) {
      all.append(
          hosts.shell(
              node,
              "sha256sum /etc/mysql/mysql.conf.d/* $(find /var/lib/replctl -type f ! -name lock"
                  + " ! -name holder ! -name heartbeat ! -name 'epoch*' | sort)"));
    }
    return all.toString();
  }

  private String uuids() {
    StringBuilder all = new StringBuilder();
    for (String node : List.of("my1", "my2", "my3")) {
      all.append(hosts.sql(node, "select @@server_uuid")).append('\n');
    }
    return all.toString();
  }
}
