package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import replctl.it.probe.ProbeProcess;
import replctl.it.site.BusySession;
import replctl.it.site.MysqlHosts;
import replctl.it.site.Site;

/** Handing MySQL's leadership over on real hosts, while clients write. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LabMysqlSwitchoverIT {
  private MysqlHosts hosts;

  private String from;
  private String to;

  @BeforeAll
  void begin() {
    hosts = MysqlHosts.ready();
    String leader = hosts.leaders().get(0);
    hosts.sql(
        leader,
        "create database app; create table app.t (n int auto_increment primary key, word text)");
  }

  @AfterAll
  void end() {
    if (hosts != null) {
      hosts.close();
    }
  }

  @BeforeEach
  void ready() {
    assertThat(hosts.leaders()).hasSize(1);
    from = hosts.leaders().get(0);
    hosts.awaitFollowers(from);
    to = hosts.nodes().stream().filter(n -> !n.equals(from)).findFirst().orElseThrow();
  }

  private void switchesOver(String candidate) {
    hosts.awaitCanLead(candidate);
    hosts.replctl().run("switchover", "--to", candidate, "--yes").exits(0);
    assertThat(hosts.leaders()).containsExactly(candidate);
    hosts.awaitFollowers(candidate);
  }

  /** Who has begun before is not waited for: what is open fails, what reads is ended. */
  @Test
  void losesNothingThereAndBackUnderLoad() {
    hosts.sql(from, "create event app.tick on schedule every 1 day do do 0");
    hosts.sql(from, "create event app.off on schedule every 1 day disable do do 0");
    try (ProbeProcess writes = hosts.writes();
        BusySession open =
            hosts.busy(from, "begin; insert into app.t (word) values ('open'); do sleep(600)");
        BusySession reading = hosts.busy(from, "select sleep(600)")) {
      awaitStatement(from, "do sleep(600)");

      switchesOver(to);
      writes.awaitMore();
      assertThat(open.output()).contains("ERROR 2013");
      assertThat(reading.output()).contains("ERROR");
      assertThat(hosts.sql(to, "select count(*) from app.t where word = 'open'")).isEqualTo("0");
      assertThat(events(to)).isEqualTo("tick ENABLED");
      assertThat(events(from)).isEmpty();

      switchesOver(from);
      writes.awaitMore();
      assertThat(events(from)).isEqualTo("tick ENABLED");
      writes.keptAll("lab, MySQL, there and back");
    }
    assertThat(hosts.sql(from, "select leader from replctl.epoch order by epoch desc limit 1"))
        .isEqualTo(from);
    assertThat(hosts.sql(from, "select @@global.rpl_semi_sync_source_enabled")).isEqualTo("1");
    assertThat(hosts.sql(to, "select @@global.rpl_semi_sync_source_enabled")).isEqualTo("0");
    hosts.sql(from, "drop event app.tick; drop event app.off");
  }

  private String events(String node) {
    return hosts.sql(
        node,
        "select concat(event_name, ' ', status) from information_schema.events where status = 'ENABLED'");
  }

  private void awaitStatement(String node, String statement) {
    Site.await(
        statement,
        () ->
            hosts
                .sql(
                    node,
                    "select count(*) from performance_schema.threads where processlist_info = '"
                        + statement.replace("'", "''")
                        + "' and processlist_time >= 3")
                .equals("1"));
  }

  @Test
  void aSessionThatHoldsLockTablesIsNamedAndNothingIsChanged() {
    hosts.awaitCanLead(to);
    try (BusySession lock = hosts.busy(from, "lock tables app.t write; do sleep(601)")) {
      awaitStatement(from, "do sleep(601)");
      try (ProbeProcess writes = hosts.writes()) {
        Replctl.Result refused = hosts.replctl().run("switchover", "--to", to, "--yes").exits(10);

        assertThat(refused.err()).contains("[E-CANDIDATE-01]", from + " can't be closed now");
        assertThat(lock.isAlive()).isTrue();
        writes.awaitMore();
        writes.keptAll("lab, MySQL, held by LOCK TABLES");
      }
      assertThat(hosts.leaders()).containsExactly(from);
      end(from, "do sleep(601)");
    }
  }

  /** What waits for its acknowledgement is neither called done nor lost. */
  @Test
  @Tag("long")
  void aCommitThatWaitsForItsAcknowledgementIsNamed() {
    List<String> followers = hosts.nodes().stream().filter(n -> !n.equals(from)).toList();
    acknowledging(followers, "0");
    hosts.awaitCanLead(to);
    try (BusySession stuck = hosts.busy(from, "insert into app.t (word) values ('stuck')")) {
      awaitStatement(from, "insert into app.t (word) values ('stuck')");

      Replctl.Result refused = hosts.replctl().run("switchover", "--to", to, "--yes").exits(10);

      assertThat(refused.err())
          .contains("whose commit has waited for a follower's acknowledgement");
      assertThat(hosts.leaders()).containsExactly(from);
      assertThat(stuck.isAlive()).isTrue();
      acknowledging(followers, "1");
      // They have it already, and are not asked for it again: the next one's word is for both.
      hosts.sql(from, "insert into app.t (word) values ('next')");
      assertThat(stuck.output()).isEmpty();
    } finally {
      acknowledging(followers, "1");
    }
    switchesOver(to);
    assertThat(hosts.sql(to, "select count(*) from app.t where word = 'stuck'")).isEqualTo("1");
  }

  private void acknowledging(List<String> followers, String on) {
    for (String follower : followers) {
      hosts.sql(
          follower,
          "set global rpl_semi_sync_replica_enabled = "
              + on
              + "; stop replica io_thread; start replica io_thread");
    }
  }

  /** It has no session that could be ended, and goes over with the rest. */
  @Test
  @Tag("long")
  void aPreparedXaTransactionIsNamedAndIsEndedOnTheNewLeader() {
    hosts.sql(
        from,
        "xa start 'left'; insert into app.t (word) values ('two phases'); xa end 'left';"
            + " xa prepare 'left'");
    hosts.awaitCanLead(to);

    assertThat(hosts.replctl().run("switchover", "--to", to, "--dry-run").exits(0).out())
        .contains(
            "1 XA transaction on "
                + from
                + " stays prepared, to be ended on "
                + to
                + " (XA RECOVER)");
    switchesOver(to);
    hosts.sql(to, "xa commit 'left'");
    assertThat(hosts.sql(to, "select count(*) from app.t where word = 'two phases'"))
        .isEqualTo("1");
    Site.await(
        from + " has ended it too",
        () ->
            hosts.answers(from, "select count(*) from app.t where word = 'two phases'", "1")
                && hosts.answers(from, "xa recover", ""));
  }

  @Test
  void aMissedDeadlineIsUndone() {
    try (ProbeProcess writes = hosts.writes();
        BusySession lock = hosts.busy(to, "flush tables app.probe with read lock; do sleep(602)")) {
      Replctl.Result undone = hosts.replctl().run("switchover", "--to", to, "--yes");

      // What its applier waits for may be seen before, and is a reason to refuse then.
      assertThat(undone.code()).as(undone.toString()).isIn(10, 16);
      assertThat(hosts.leaders()).containsExactly(from);
      writes.awaitMore();
      assertThat(lock.isAlive()).isTrue();
      end(to, "do sleep(602)");
      writes.keptAll("lab, MySQL, undone");
    }
    hosts.awaitFollowers(from);
  }

  private void end(String node, String statement) {
    hosts.sql(
        node,
        "select concat('kill ', processlist_id) into @k from performance_schema.threads"
            + " where processlist_info = '"
            + statement
            + "'; prepare k from @k; execute k");
  }
}
