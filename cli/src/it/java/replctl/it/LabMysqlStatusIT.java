package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import replctl.it.site.BusySession;
import replctl.it.site.MysqlByHand;
import replctl.it.site.MysqlHosts;
import replctl.it.site.Site;

/** What is seen of MySQL servers on hosts. Each test leaves all as it was. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LabMysqlStatusIT {
  private MysqlHosts hosts;

  @BeforeAll
  void begin() {
    hosts = MysqlHosts.open();
    // Nobody has let replctl in yet.
    assertThat(hosts.replctl().run("status").exits(0).out())
        .contains("create user 'mysql'@'localhost' identified with auth_socket");
    hosts.sql(
        "my1", "set sql_log_bin = 0; create user mysql@localhost identified with auth_socket");
    assertThat(hosts.replctl().run("status").exits(0).out())
        .containsPattern("my1 +leader +writable")
        .contains("it has not answered all that it was asked: ERROR 1142");
    hosts.sql("my1", "set sql_log_bin = 0; drop user mysql@localhost");
    hosts.letReplctlIn();
    new MysqlByHand(hosts).begin();
  }

  @AfterAll
  void end() {
    if (hosts != null) {
      hosts.close();
    }
  }

  private String status() {
    return hosts.replctl().run("status").exits(0).out();
  }

  private String lag() {
    return hosts.replctl().run("lag").exits(0).out();
  }

  @Test
  void aLeaderAndTwoFollowers() {
    String seen = status();

    assertThat(seen).containsPattern("my1 +leader +writable +[0-9a-f]{8}:1-[0-9]+ ");
    for (String follower : new String[] {"my2", "my3"}) {
      assertThat(seen)
          .containsPattern(
              follower + " +follower +streaming +[0-9a-f]{8}:1-[0-9]+ +0 B +0 s +acks");
    }
    assertThat(seen)
        .contains("an acknowledged write is on my1 and my2 or my3")
        .contains("my2 would lead after a switchover")
        .contains("if my1 were lost now, no acknowledged write would be");
    assertThat(hosts.replctl().run("candidates").exits(0).out())
        .containsPattern("(?m)^my2 +can lead +choice 1 ");
    assertThat(seen).doesNotContain("critical");
    assertThat(hosts.replctl().run("status", "-o", "json").exits(0).out())
        .containsPattern("\"certificateEnd\": \"20[0-9]{2}-")
        .doesNotContain("\"certificateEnd\": null");
  }

  @Test
  void whatAFollowerAloneHasIsNamed() {
    hosts.sql(
        "my2",
        "set global super_read_only = 0; create table app.mine (n int);"
            + " set global super_read_only = 1");
    String uuid = hosts.sql("my2", "select @@server_uuid");

    assertThat(status())
        .contains("it has 1 transaction that the leader does not have: " + uuid + ":1");

    // Taken back as if it had never been.
    hosts.sql(
        "my2",
        "set global super_read_only = 0; set sql_log_bin = 0; drop table app.mine;"
            + " stop replica; reset binary logs and gtids; set global gtid_purged = '"
            + hosts.sql("my1", "select replace(@@gtid_executed, '\\n', '')")
            + "'; start replica; set global super_read_only = 1");
    Site.await("my2 streams", () -> !status().contains("critical"));
  }

  @Test
  @Tag("long")
  void doctorNamesWhatBitesLater() {
    hosts.sql("my2", "set global sync_binlog = 0");
    hosts.sql("my3", "set global max_connections = 50");

    String found = hosts.replctl().run("doctor").exits(0).out();

    assertThat(found)
        .contains("sync_binlog is 0: a crash of its host loses commits")
        .contains("max_connections is 50, and 151 on my1")
        .contains("its fence device was never drilled");
    hosts.sql("my2", "set global sync_binlog = 1");
    hosts.sql("my3", "set global max_connections = 151");
    assertThat(hosts.replctl().run("doctor").exits(0).out())
        .doesNotContain("sync_binlog", "max_connections");
  }

  /** A table that somebody has locked holds the applier; all is received, and that counts up. */
  @Test
  void anApplierThatIsHeldGetsLaterAndLater() {
    try (BusySession lock = hosts.busy("my3", "lock tables app.t read; select sleep(600)")) {
      Site.await(
          "the lock",
          () ->
              hosts
                  .sql(
                      "my3",
                      "select count(*) from information_schema.processlist where state = 'User sleep'")
                  .equals("1"));
      hosts.sql("my1", "insert into app.t values ()");
      double first = seconds("my3", lag());
      Site.await("later", () -> seconds("my3", lag()) > first + 1);

      String id =
          hosts.sql(
              "my3", "select id from information_schema.processlist where state = 'User sleep'");
      assertThat(lag())
          .containsPattern("my3 +my1 +streaming +0 B .* query")
          .contains("its applier waits for a lock of connection " + id + " of root");
      assertThat(lag()).containsPattern("my2 +my1 +streaming +0 B +0 B +0 B +0 s");
      assertThat(lock.isAlive()).isTrue();
      hosts.sql(
          "my3",
          "select concat('kill ', id) into @k from information_schema.processlist"
              + " where state = 'User sleep'; prepare k from @k; execute k");
    }
    new MysqlByHand(hosts).awaitAllApplied();
  }

  private static double seconds(String node, String lag) {
    Matcher found = Pattern.compile("(?m)^" + node + " .* ([0-9.]+) s").matcher(lag);
    return found.find() ? Double.parseDouble(found.group(1)) : -1;
  }

  /** Seconds_Behind_Source would say 0 of it. */
  @Test
  void aLeaderThatIsFrozenIsNotZeroSecondsAhead() {
    hosts.lab("freeze", "my1");
    try {
      Site.await("silence", () -> lag().contains("nothing was heard on its channel for"));
      assertThat(lag()).doesNotContain(" 0 s");
      assertThat(status()).containsPattern("my1 +unknown +silent");
    } finally {
      hosts.lab("thaw", "my1");
    }
    Site.await("all is well", () -> !status().contains("critical"));
  }

  @Test
  void aLeaderThatNoLongerWaitsIsSeen() {
    hosts.sql("my1", "set global rpl_semi_sync_source_timeout = 100");
    for (String follower : new String[] {"my2", "my3"}) {
      hosts.sql(follower, "stop replica io_thread");
    }
    hosts.sql("my1", "insert into app.t values ()");

    assertThat(status())
        .contains("semi-synchronous replication waited too long once")
        .containsPattern("my2 +follower +not streaming")
        .contains("it does not stream from my1: its receiver was stopped");

    for (String follower : new String[] {"my2", "my3"}) {
      hosts.sql(follower, "start replica io_thread");
    }
    hosts.sql("my1", "set global rpl_semi_sync_source_timeout = 600000");
    new MysqlByHand(hosts).awaitAllApplied();
    Site.await("all is well", () -> !status().contains("critical"));
  }

  /** A server that has just been started is not in its data folder yet, and is not another one. */
  @Test
  void aServerThatIsStoppedAndOneThatStarts() {
    hosts.shell(
        "my3",
        "systemctl stop mysql; cp /usr/bin/sleep /tmp/mysqld; cd /;"
            + " setsid runuser -u mysql /tmp/mysqld 600 > /dev/null 2>&1 < /dev/null &"
            + " until pgrep -x -u mysql mysqld; do sleep 0.01; done");
    assertThat(status()).containsPattern("my3 +unknown +stopped");

    hosts.shell("my3", "systemctl start mysql");
    hosts.sql("my3", "set global rpl_semi_sync_replica_enabled = 1; stop replica; start replica");
    Site.await("all is well", () -> !status().contains("critical"));
    assertThat(status()).containsPattern("my3 +follower +streaming");
    hosts.shell("my3", "pkill -f '^/tmp/mysqld 600'; rm /tmp/mysqld");
  }
}
