package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import replctl.it.site.Site;

/** Nodes that broke off, and how they come back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RejoinCases {
  Site site;

  /** Who led, who leads after that, and the other one. */
  String old;

  String leader;
  String third;

  abstract Site open();

  /** Kills all of a node's server at once. */
  abstract void kill(String node);

  /** Starts a node's server by its own means. */
  abstract void start(String node);

  abstract void stop(String node);

  /** What a fence leaves behind: a marker, and a unit that does not start. */
  abstract void block(String node);

  abstract boolean blocked(String node);

  /** The folder of replctl's files on a node. */
  abstract String state(String node);

  /** Where a node's main configuration lies. */
  abstract String configuration(String node);

  @BeforeAll
  void begin() {
    site = open();
  }

  @AfterAll
  void end() {
    if (site != null) {
      site.close();
    }
  }

  @BeforeEach
  void ready() {
    site.ready();
    old = site.leaders().get(0);
    List<String> others = site.nodes().stream().filter(n -> !n.equals(old)).toList();
    leader = others.get(0);
    third = others.get(1);
    site.sql(old, "drop table if exists kept, lost");
    site.sql(old, "create table kept (word text)");
    site.sql(old, "insert into kept values ('before')");
    site.awaitFollowers(old);
  }

  /** Both followers stop receiving, and from then on the leader writes alone. */
  void cutOff() {
    for (String follower : List.of(third, leader)) {
      site.sql(follower, "alter system set primary_conninfo = ''");
      site.sql(follower, "select pg_reload_conf()");
      Site.await(
          follower + " receives nothing",
          () -> site.sql(follower, "select count(*) from pg_stat_wal_receiver").equals("0"));
    }
  }

  /** Three transactions that only the old leader ever has. */
  void writeAlone() {
    String local = "set synchronous_commit = local; ";
    site.sql(old, local + "create table lost (word text)");
    site.sql(old, local + "insert into lost values ('one')");
    site.sql(old, local + "insert into kept values ('never acknowledged')");
  }

  /** The old leader is gone, and another is promoted by hand, waiting for the third alone. */
  void promote() {
    kill(old);
    site.sql(leader, "select pg_promote()");
    site.sql(leader, "alter system set synchronous_standby_names = 'ANY 1 (\"" + third + "\")'");
    site.sql(leader, "select pg_reload_conf()");
    Site.await(
        "the follower is where the leader left it",
        () ->
            site.sql(third, "select count(*) from pg_stat_wal_receiver").equals("0")
                || site.sql(third, "select status <> 'streaming' from pg_stat_wal_receiver")
                    .equals("t"));
    site.replctl().run("rejoin", third, "--yes").exits(0);
    site.sql(leader, "insert into kept values ('after')");
  }

  void brokenOff() {
    cutOff();
    writeAlone();
    promote();
  }

  /** What must hold when it is back. */
  void isBack() {
    assertThat(site.leaders()).containsExactly(leader);
    site.awaitFollowers(leader);
    site.sql(leader, "insert into kept values ('later')");
    for (String node : List.of(old, third)) {
      Site.await(
          node + " has what was written since",
          () ->
              site.sql(node, "select string_agg(word, ' ' order by word) from kept")
                  .equals("after before later"));
      assertThat(site.sql(node, "select to_regclass('lost')")).isEmpty();
    }
    assertThat(site.sql(leader, "show synchronous_standby_names"))
        .startsWith("ANY 1 (")
        .contains(old, third);
    assertThat(site.sql(old, "select count(*) from pg_replication_slots")).isEqualTo("0");
    assertThat(blocked(old)).isFalse();
    assertThat(site.unfinished()).isEmpty();
    assertThat(site.replctl().run("rejoin", old, "--yes").exits(0).out()).contains("Nothing to do");
  }

  /** The list of lost transactions, one a line behind the heading. */
  List<String> listed() {
    return site.shell(old, "cat " + state(old) + "/divergence/*/transactions.txt")
        .lines()
        .filter(l -> !l.startsWith("transaction "))
        .toList();
  }

  void forget(String node) {
    site.shell(node, "rm -rf " + state(node) + "/divergence/* " + data + ".replctl-before-* ; :");
  }

  /** The old leader's data folder. */
  String data = "/nowhere";

  @Test
  void anOldLeaderThatHasMoreIsRewoundAndWhatItHadIsListed() {
    data = site.sql(old, "show data_directory");
    forget(old);
    site.shell(old, "echo \"work_mem = '7MB'  # its own\" >> " + configuration(old));
    brokenOff();
    block(old);
    String before = site.files(old);

    Replctl.Result dry = site.replctl().run("rejoin", old, "--dry-run").exits(0);

    assertThat(dry.out())
        .contains(old + " has 3 transactions that " + leader + " has not")
        .contains("not by follow: " + old + "'s log goes on beyond")
        .contains("take " + old + "'s data back to");
    assertThat(site.files(old)).isEqualTo(before);

    Replctl.Result done = site.replctl().run("rejoin", old, "--yes").exits(0);

    assertThat(done.out())
        .contains(
            "DONE  rejoin", "3 transactions that the leader has not", "saved in " + state(old));
    isBack();
    assertThat(listed()).hasSize(3).allMatch(l -> l.contains("UTC"));
    assertThat(site.sql(old, "show work_mem")).isEqualTo("7MB");
    assertThat(site.shell(old, "ls -d " + data + ".replctl-* 2> /dev/null || :")).isEmpty();
    System.out.println(site.name() + ", rewound: " + done.out().lines().findFirst().orElse(""));
  }

  @Test
  void anOldLeaderIsCopiedAnewAndItsDataIsRenamed() {
    data = site.sql(old, "show data_directory");
    forget(old);
    brokenOff();
    block(old);

    Replctl.Result done = site.replctl().run("rejoin", old, "--by", "clone", "--yes").exits(0);

    assertThat(done.out())
        .contains(
            "DONE  rejoin", "3 transactions that the leader has not", "the data before is in ");
    isBack();
    assertThat(listed()).hasSize(3);
    assertThat(site.shell(old, "cat " + data + ".replctl-before-*/PG_VERSION")).isNotEmpty();
    assertThat(site.sql(old, "show data_directory")).isEqualTo(data);
    System.out.println(site.name() + ", cloned: " + done.out().lines().findFirst().orElse(""));
    forget(old);
  }
}
