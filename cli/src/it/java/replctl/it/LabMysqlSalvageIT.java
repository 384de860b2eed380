package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import replctl.it.site.MysqlHosts;
import replctl.it.site.Site;

/**
 * A MySQL leader whose writes wait for nobody is lost while its followers hear nothing from it:
 * what only its disk has.
 */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("long")
class LabMysqlSalvageIT {
  private static final String ROWS = "select count(*), sum(n), sum(crc32(word)) from app.t";

  private MysqlHosts hosts;
  private Replctl replctl;
  private String old;

  @BeforeAll
  void begin() {
    hosts = MysqlHosts.ready();
    replctl = hosts.replctl("replication: {mode: async}");
    replctl.run("sync", "--apply", "--yes").exits(0);
  }

  @AfterAll
  void end() {
    if (hosts != null) {
      hosts.close();
    }
  }

  private List<String> others() {
    return hosts.nodes().stream().filter(n -> !n.equals(old)).toList();
  }

  @BeforeEach
  void itsFollowersLackRows() {
    Site.await("one that takes writes", () -> hosts.leaders().size() == 1);
    old = hosts.leaders().get(0);
    hosts.sql(
        old,
        "create schema if not exists app; drop table if exists app.t, app.later;"
            + " create table app.t (n int auto_increment primary key, word longtext)");
    hosts.sql(old, "insert into app.t (word) values ('before')");
    for (String node : others()) {
      Site.await(node + " has it", () -> hosts.answers(node, "select word from app.t", "before"));
    }
    others().forEach(n -> hosts.lab("partition", old, n));
    // More than is carried in one piece, over more than one log.
    hosts.sql(
        old,
        "insert into app.t (word) values ('alone'); alter table app.t add index (n, word(9));"
            + " flush binary logs; create table app.later (n int primary key)");
    hosts.shell(
        old,
        "for n in {1..6}; do mysql -e \"insert into app.t (word) select"
            + " group_concat(sha2(rand(), 512) separator '') from information_schema.columns"
            + " limit 3000\"; done; for n in {1..3}; do mysql -e"
            + " \"set session group_concat_max_len = 4000000;"
            + " insert into app.t (word) select group_concat(sha2(rand(), 512) separator '')"
            + " from (select 1 from information_schema.columns a, (select 1 union select 2 union"
            + " select 3 union select 4) b limit 20000) c\"; done");
  }

  /** Its server is gone as in a crash, and is started again by nobody. */
  private void kill() {
    hosts.shell(
        old,
        "systemctl mask --runtime mysql; kill -9 $(pidof mysqld);"
            + " until ! pidof mysqld; do sleep 0.01; done");
  }

  /** The old leader comes back, and nobody lacks anything. */
  private void allFollow(Replctl.Result back) {
    back.exits(0);
    String leader = hosts.leaders().get(0);
    for (String node : hosts.nodes()) {
      Site.await(
          node + " has what " + leader + " has",
          () ->
              hosts.answers(
                  node,
                  "select @@global.gtid_executed",
                  hosts.sql(leader, "select @@gtid_executed")));
    }
  }

  private Replctl.Result rejoin() {
    hosts.lab("heal");
    hosts.lab("power", old, "on");
    hosts.shell(old, "systemctl unmask --runtime mysql");
    Site.await(
        "its server answers, or is not started by anybody",
        () -> hosts.answers(old, "select 1", "1") || hosts.isMasked(old));
    return replctl.run("rejoin", old, "--yes");
  }

  @Test
  void isFetchedFromThereWithWhatACrashHasCutOffLeftOut() {
    String rows = hosts.sql(old, ROWS);
    kill();
    // The first bytes of a transaction, and no more.
    hosts.shell(
        old,
        "cd /var/lib/mysql; last=$(tail -n 1 binlog.index);"
            + " tail -c +199 $last | head -c 60 > /tmp/torn; cat /tmp/torn >> $last");

    Replctl.Result done =
        replctl.run("failover", "--leader-is-broken", "its disk fails", "--yes").exits(0);

    assertThat(done.out())
        .contains(
            old + " is closed: stopped",
            "transactions that only " + old + "'s disk had were fetched from there");
    String leader = hosts.leaders().get(0);
    assertThat(hosts.sql(leader, ROWS)).isEqualTo(rows);
    assertThat(
            hosts.sql(
                leader,
                "select count(*) from performance_schema.replication_connection_configuration"))
        .isEqualTo("0");
    assertThat(
            hosts.shell(
                leader,
                "ls /var/lib/mysql | grep salvage; ls /var/lib/replctl/blog/"
                    + leader
                    + " | grep salvage || :"))
        .isEmpty();
    Replctl.Result back = rejoin();
    assertThat(back.out()).doesNotContain("copy " + leader);
    allFollow(back);
  }

  /** Once with a part of it carried, and once when the rest is to be applied. */
  @ParameterizedTest
  @ValueSource(strings = {"carried", "applied"})
  void isFetchedFromThereAlsoWhenReplctlIsKilled(String being) {
    String rows = hosts.sql(old, ROWS);
    String to = others().get(0);
    kill();
    List<Path> before = hosts.operations().journals();

    try (Replctl.Running running =
        replctl.start("failover", "--to", to, "--leader-is-broken", "its disk fails", "--yes")) {
      if (being.equals("carried")) {
        hosts.shell(
            to,
            "export file="
                + hosts.state(to)
                + "/salvage/stream; timeout 60 bash -c 'until [ -s $file ]; do sleep 0.01; done'");
        running.process().destroyForcibly();
      } else {
        String begun = "\"step\":\"salvage-apply-" + to + "\",\"undo\":false";
        assertThat(hosts.operations().signalWhen(running, before, j -> j.contains(begun), "KILL"))
            .isTrue();
      }
      assertThat(running.result().code()).isEqualTo(137);
    }
    assertThat(hosts.leaders()).isEmpty();
    replctl.run("op", "resume").exits(0);

    assertThat(hosts.leaders()).containsExactly(to);
    assertThat(hosts.sql(to, ROWS)).isEqualTo(rows);
    assertThat(hosts.unfinished()).isEmpty();
    allFollow(rejoin());
  }

  /** The last of its logs is read by its own server alone, and the one before it by anybody. */
  @Test
  void isNotTakenForNothingWhereItIsEncrypted() {
    hosts.lab("heal");
    hosts.shell(
        old,
        """
        echo '{"components": "file://component_keyring_file"}' > /usr/sbin/mysqld.my
        echo '{"path": "/var/lib/mysql-keyring/keys", "read_only": false}' \
          > /usr/lib/mysql/plugin/component_keyring_file.cnf
        # What the unit runs before the server would make it, and as root.
        install -o mysql -g mysql -m 640 /dev/null /var/lib/mysql-keyring/keys
        systemctl restart mysql""");
    Site.await("it leads", () -> hosts.leaders().equals(List.of(old)));
    hosts.awaitFollowers(old);
    hosts.sql(old, "set global binlog_encryption = ON");
    others().forEach(n -> hosts.lab("partition", old, n));
    hosts.sql(old, "insert into app.t (word) values ('secret')");
    kill();

    Replctl.Result no =
        replctl.run("failover", "--leader-is-broken", "its disk fails", "--yes").exits(12);

    assertThat(no.out() + no.err())
        .contains(
            "is encrypted (binlog_encryption)",
            "replctl failover blog --accept-loss any",
            "or take the old leader back: replctl op abort ");
    assertThat(hosts.leaders()).isEmpty();
    // Its own server has it all.
    hosts.lab("heal");
    replctl.run("op", "abort").exits(16);
    hosts.shell(old, "systemctl unmask --runtime mysql");
    replctl.run("unfence", old, "--yes").exits(0);
    replctl.run("open", old, "--yes").exits(0);
    assertThat(hosts.leaders()).containsExactly(old);
    for (String node : others()) {
      Site.await(
          node + " has it",
          () -> hosts.answers(node, "select count(*) from app.t where word = 'secret'", "1"));
    }
    assertThat(hosts.unfinished()).isEmpty();
    hosts.sql(old, "set global binlog_encryption = OFF");
  }

  @Test
  void isLostWhereItsHostIsOffAndThatIsSaid() {
    hosts.lab("freeze", old);

    assertThat(replctl.run("failover", "--yes").exits(13).err())
        .contains("[E-LOSS-01] what would be lost is not known", "--accept-loss any");
    Replctl.Result done = replctl.run("failover", "--accept-loss", "any", "--yes").exits(0);

    assertThat(done.out() + done.err())
        .contains("what only " + old + "'s disk has is lost", "its host does not answer");
    allFollow(rejoin());
  }

  @Test
  void isNotFetchedInPart() {
    hosts.shell(old, "mysql -e 'flush binary logs'");
    hosts.sql(old, "insert into app.t (word) values ('last')");
    kill();
    // The log in the middle is gone.
    hosts.shell(
        old, "cd /var/lib/mysql; mv $(tail -n 2 binlog.index | head -n 1) /tmp/binlog.kept");

    Replctl.Result no =
        replctl.run("failover", "--leader-is-broken", "its disk fails", "--yes").exits(12);

    assertThat(no.out() + no.err())
        .contains("its logs have no more what ", "replctl failover blog --accept-loss any");
    assertThat(hosts.leaders()).isEmpty();
    hosts.shell(
        old, "cd /var/lib/mysql; mv /tmp/binlog.kept $(tail -n 2 binlog.index | head -n 1)");
    List<Path> journals = hosts.operations().journals();
    String operation =
        journals.get(journals.size() - 1).getFileName().toString().replace(".jsonl", "");
    replctl.run("op", "resume", operation, "--yes").exits(0);
    assertThat(hosts.sql(hosts.leaders().get(0), "select count(*) from app.t where word = 'last'"))
        .isEqualTo("1");
    allFollow(rejoin());
  }
}
