package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import replctl.it.site.MysqlHosts;
import replctl.it.site.Site;

/** MySQL nodes that broke off, and how they come back. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("long")
class LabMysqlRejoinIT {
  private static final List<String> NODES = List.of("my1", "my2", "my3");

  private MysqlHosts hosts;
  private String leader;
  private String other;
  private String node;

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
  void twoFollowOne() {
    leader = leader();
    List<String> others = NODES.stream().filter(n -> !n.equals(leader)).toList();
    other = others.get(0);
    node = others.get(1);
    hosts.sql(leader, "create schema if not exists app");
    hosts.sql(leader, "drop table if exists app.t");
    hosts.sql(leader, "create table app.t (n int auto_increment primary key, word text)");
    hosts.sql(leader, "insert into app.t (word) values ('before')");
    others.forEach(this::isBack);
  }

  private String leader() {
    List<String> open =
        NODES.stream()
            .filter(n -> hosts.answers(n, "select @@read_only + @@super_read_only", "0"))
            .toList();
    assertThat(open).hasSize(1);
    return open.get(0);
  }

  /** It has just what the leader has, and receives from it. */
  private void isBack(String name) {
    Site.await(
        name + " has what " + leader + " has",
        () ->
            hosts.answers(
                name,
                "select @@global.gtid_executed",
                hosts.sql(leader, "select @@gtid_executed")));
    assertThat(
            hosts.sql(
                name,
                "select concat(host, ' ', service_state, ' ', @@super_read_only)"
                    + " from performance_schema.replication_connection_configuration"
                    + " join performance_schema.replication_connection_status using (channel_name)"
                    + " where channel_name = ''"))
        .isEqualTo(leader + " ON 1");
    assertThat(hosts.sql(name, "checksum table app.t"))
        .isEqualTo(hosts.sql(leader, "checksum table app.t"));
  }

  private String saved(String name) {
    return hosts.shell(
        name, "cat /var/lib/replctl/blog/" + name + "/divergence/*/transactions.txt | tail -n 9");
  }

  private void alone(String name, String statements) {
    hosts.sql(
        name, "set global super_read_only = 0; " + statements + "; set global super_read_only = 1");
  }

  @Test
  void aFollowerThatWasStoppedFollowsAgain() {
    hosts.shell(node, "systemctl stop mysql");
    hosts.sql(leader, "insert into app.t (word) values ('meanwhile')");

    Replctl.Result done = hosts.replctl().run("rejoin", node, "--yes").exits(0);

    assertThat(done.out()).doesNotContain("copy " + leader);
    isBack(node);
  }

  @Test
  void whatChangedNothingIsCountedAsDone() {
    hosts.sql(node, "flush privileges");
    String uuid = hosts.sql(node, "select @@server_uuid");

    Replctl.Result dry = hosts.replctl().run("rejoin", node, "--dry-run").exits(0);
    assertThat(dry.out()).contains("has 1 transaction that", "1 x FLUSH", "by empty transactions");
    hosts.replctl().run("rejoin", node, "--yes").exits(0);

    assertThat(hosts.sql(leader, "select @@gtid_executed")).contains(uuid);
    isBack(node);
  }

  @Test
  void rowsOfItsOwnAreKeptAndReplacedByACopy() {
    alone(node, "insert into app.t (word) values ('alone'); delete from app.t where n = 1");

    assertThat(hosts.replctl().run("rejoin", node, "--by", "inject", "--yes").exits(10).err())
        .contains("E-RETURN-01", "the two would differ unseen", "1 row inserted into app.t");
    Replctl.Result done = hosts.replctl().run("rejoin", node, "--yes").exits(0);

    assertThat(done.out()).contains("2 transactions that the leader has not", "the data before is");
    isBack(node);
    assertThat(saved(node).lines()).hasSize(2);
    hosts.shell(node, "rm -rf /var/lib/replctl/blog/" + node + "/{aside,divergence}");
  }

  @Test
  void aFollowerWhoseLogsArePurgedIsCopiedAnew() {
    hosts.sql(node, "stop replica");
    hosts.sql(leader, "insert into app.t (word) values ('meanwhile')");
    hosts.sql(leader, "flush binary logs");
    String newest = hosts.sql(leader, "show binary log status").split("\t")[0];
    hosts.sql(leader, "purge binary logs to '" + newest + "'");

    Replctl.Result dry = hosts.replctl().run("rejoin", node, "--dry-run").exits(0);
    assertThat(dry.out()).contains("binary logs have no more what " + node + " lacks");
    hosts.replctl().run("rejoin", node, "--yes").exits(0);

    isBack(node);
    hosts.shell(node, "rm -rf /var/lib/replctl/blog/" + node + "/aside");
  }

  /** A commit waited for its acknowledgement when its host stood still, and was switched off. */
  @Test
  void aLeaderComesBackWithWhatNobodyAcknowledged() {
    String old = leader;
    List.of(other, node).forEach(n -> hosts.sql(n, "stop replica io_thread"));
    hosts.shell(
        old, "setsid mysql -e \"insert into app.t (word) values ('nobody')\" &> /dev/null &");
    Site.await(
        "the commit waits",
        () ->
            hosts.answers(
                old,
                "select variable_value from performance_schema.global_status"
                    + " where variable_name = 'Rpl_semi_sync_source_wait_sessions'",
                "1"));
    hosts.lab("freeze", old);
    hosts.replctl().run("failover", "--yes").exits(0);
    hosts.lab("heal");
    hosts.lab("power", old, "on");
    Site.await("it is up, and closed", () -> hosts.answers(old, "select @@super_read_only", "1"));
    leader = leader();

    Replctl.Result dry = hosts.replctl().run("rejoin", old, "--dry-run").exits(0);
    assertThat(dry.out())
        .contains(
            old + " has 1 transaction that " + leader + " has not",
            "1 row inserted into app.t",
            "no client was told that it is done");
    hosts.replctl().run("rejoin", old, "--yes").exits(0);

    isBack(old);
    assertThat(saved(old).lines()).hasSize(1);
    assertThat(hosts.sql(old, "select @@global.rpl_semi_sync_source_enabled")).isEqualTo("0");
    hosts.shell(old, "rm -rf /var/lib/replctl/blog/" + old + "/{aside,divergence}");
  }
}
