package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import replctl.it.site.LabSite;
import replctl.it.site.Site;

/** Nodes that come back, on real hosts, with systemd and Debian's layout. */
@Tag("lab")
@Tag("long")
class LabRejoinIT extends RejoinCases {
  private static final String UNIT = "postgresql@17-main";

  @Override
  Site open() {
    return LabSite.open();
  }

  private LabSite lab() {
    return (LabSite) site;
  }

  @Override
  void kill(String node) {
    site.shell(
        node, "systemctl kill -s KILL " + UNIT + "; systemctl reset-failed " + UNIT + " || :");
    Site.await(
        "no process of " + node,
        () -> site.shell(node, "pgrep -u postgres postgres || :").isEmpty());
  }

  @Override
  void start(String node) {
    site.shell(node, "systemctl start " + UNIT);
  }

  @Override
  void stop(String node) {
    site.shell(node, "systemctl stop " + UNIT);
  }

  @Override
  void block(String node) {
    site.shell(
        node,
        "systemctl mask "
            + UNIT
            + "; runuser -u postgres -- sh -c \"echo '7 op-1' > "
            + state(node)
            + "/fenced\"");
  }

  @Override
  boolean blocked(String node) {
    return site.shell(node, "ls " + state(node)).lines().anyMatch("fenced"::equals)
        || site.shell(node, "systemctl is-enabled " + UNIT + " || :").contains("masked");
  }

  @Override
  String state(String node) {
    return "/var/lib/postgresql/.replctl/shop/" + node;
  }

  @Override
  String configuration(String node) {
    return "/etc/postgresql/17/main/postgresql.conf";
  }

  /** Its guard has seen who leads, and let it run as a follower that receives from nobody. */
  @Test
  void anOldLeaderThatCameUpReadOnlyIsRewound() {
    data = site.sql(old, "show data_directory");
    forget(old);
    brokenOff();
    start(old);
    assertThat(site.sql(old, "select pg_is_in_recovery()")).isEqualTo("t");
    assertThat(site.sql(old, "select count(*) from lost")).isEqualTo("1");

    Replctl.Result done = site.replctl().run("rejoin", old, "--yes").exits(0);

    assertThat(done.out()).contains("DONE  rejoin", "3 transactions that the leader has not");
    isBack();
    assertThat(listed()).hasSize(3);
  }

  /** A follower that was away for so long that its leader has no more what it needs. */
  @Test
  void aFollowerWhoseLogIsGoneIsCopiedAnew() {
    data = site.sql(third, "show data_directory");
    stop(third);
    site.sql(old, "select pg_drop_replication_slot('replctl_" + third + "')");
    site.sql(old, "alter system set wal_keep_size = 0");
    site.sql(old, "alter system set max_wal_size = '32MB'");
    site.sql(old, "select pg_reload_conf()");
    for (int i = 0; i < 4; i++) {
      site.sql(old, "select pg_switch_wal()");
      site.sql(old, "insert into kept select 'filling' from generate_series(1, 1000)");
      site.sql(old, "checkpoint");
    }
    site.sql(old, "alter system reset wal_keep_size");
    site.sql(old, "alter system reset max_wal_size");
    site.sql(old, "delete from kept where word = 'filling'");

    Replctl.Result done = site.replctl().run("rejoin", third, "--yes").exits(0);

    assertThat(done.out()).contains("the data before is in ");
    site.awaitFollowers(old);
    assertThat(site.leaders()).containsExactly(old);
    site.shell(third, "rm -rf " + data + ".replctl-before-*");
  }

  /** It was promoted by mistake and stopped: its timeline is not in the leader's history. */
  @Test
  void aFollowerOnAnotherTimelineIsRewound() {
    site.sql(third, "alter system set primary_conninfo = ''");
    site.sql(third, "select pg_reload_conf()");
    site.sql(third, "select pg_promote()");
    site.sql(third, "set synchronous_commit = local; create table lost (word text)");
    stop(third);
    site.sql(old, "insert into kept values ('later')");

    Replctl.Result dry = site.replctl().run("rejoin", third, "--dry-run").exits(0);
    assertThat(dry.out()).contains("which is not in " + old + "'s history");
    site.replctl().run("rejoin", third, "--yes").exits(0);

    site.awaitFollowers(old);
    assertThat(site.leaders()).containsExactly(old);
    assertThat(site.sql(third, "select to_regclass('lost')")).isEmpty();
    Site.await(
        "what was written since",
        () ->
            site.sql(third, "select string_agg(word, ' ' order by word) from kept")
                .equals("before later"));
  }

  @Test
  void refusesANodeWithTheDataOfAnotherCluster() {
    data = site.sql(third, "show data_directory");
    stop(third);
    site.shell(
        third,
        "mv "
            + data
            + " "
            + data
            + ".real; runuser -u postgres -- /usr/lib/postgresql/17/bin/initdb -D "
            + data);
    try {
      Replctl.Result no = site.replctl().run("rejoin", third, "--yes").exits(10);
      assertThat(no.err()).contains("E-IDENTITY-01", "belongs to another cluster");
    } finally {
      site.shell(third, "rm -rf " + data + "; mv " + data + ".real " + data);
      start(third);
    }
    site.awaitFollowers(old);
  }

  @Test
  void saysWhenTheHostDoesNotAnswer() {
    lab().lab("cable", third, "out");
    try {
      assertThat(site.replctl().run("rejoin", third, "--yes").exits(69).err())
          .contains("E-REACH-01");
    } finally {
      lab().lab("cable", third, "in");
    }
    site.awaitFollowers(old);
  }
}
