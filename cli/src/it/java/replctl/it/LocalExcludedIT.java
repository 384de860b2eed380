package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import replctl.it.site.LocalSite;
import replctl.it.site.Site;

/** A failover beside a follower that is none, or that is not where the others are. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("long")
class LocalExcludedIT {
  private LocalSite site;

  @BeforeAll
  void begin() {
    site = LocalSite.open();
  }

  @AfterAll
  void end() {
    site.close();
  }

  /** pg1 leads, and all follow it. */
  @BeforeEach
  void fresh() {
    site.wipe();
    site.ready();
    assertThat(site.leaders()).containsExactly("pg1");
    site.sql("pg1", "create table kept (word text)");
    site.sql("pg1", "insert into kept values ('before')");
    site.awaitFollowers("pg1");
  }

  private Replctl.Result failover(String... more) {
    String[] words = new String[more.length + 4];
    words[0] = "failover";
    words[1] = "--leader-is-broken";
    words[2] = "its disk";
    words[3] = "--yes";
    System.arraycopy(more, 0, words, 4, more.length);
    return site.replctl().run(words);
  }

  private String server(String node) {
    return site.shell(
            node,
            "cd "
                + site.data(node)
                + " && sha256sum postgresql.conf postgresql.auto.conf pg_hba.conf standby.signal"
                + " && stat -c '%n %Y %i %U' postgresql.conf postgresql.auto.conf standby.signal")
        + site.started(node)
        + site.sql(node, "select system_identifier from pg_control_system()")
        + site.sql(node, "select pg_is_in_recovery()");
  }

  @Test
  void aFollowerOfAnotherClusterIsLeftOutAndNotTouched() {
    String port = site.sql("pg3", "show port");
    String sockets = site.sql("pg3", "show unix_socket_directories");
    site.pgCtl("pg3", "-w", "-m", "fast", "stop");
    String data = site.data("pg3").toString();
    site.shell(
        "pg3",
        "mv "
            + data
            + " "
            + data
            + ".before && "
            + site.bin("initdb")
            + " -D "
            + data
            + " -A trust >/dev/null && echo \"port = "
            + port
            + "\" >> "
            + data
            + "/postgresql.conf && echo \"unix_socket_directories = '"
            + sockets
            + "'\" >> "
            + data
            + "/postgresql.conf && touch "
            + data
            + "/standby.signal");
    site.pgCtl("pg3", "-w", "start");
    String before = server("pg3");
    site.kill("pg1");

    // pg3 may have acknowledged what pg2 has not, before another's data was put in its place.
    assertThat(failover().exits(13).err()).contains("E-LOSS-01", "may be on pg3");
    Replctl.Result done = failover("--accept-loss", "any");
    done.exits(0);

    assertThat(done.out() + done.err())
        .contains("pg3's data is of another cluster", "it is left out, and not touched");
    assertThat(site.leaders()).containsExactly("pg2");
    assertThat(site.sql("pg2", "select word from kept")).isEqualTo("before");
    assertThat(server("pg3")).isEqualTo(before);
    Replctl.Result rejoin = site.replctl().run("rejoin", "pg3", "--yes");
    assertThat(rejoin.code()).as(rejoin.toString()).isEqualTo(10);
    assertThat(rejoin.err()).contains("belongs to another cluster");
    assertThat(server("pg3")).isEqualTo(before);
  }

  @Test
  void ofTwoHistoriesTheOneThatIsTypedIsKeptAndTheOtherRejoins() {
    site.pgCtl("pg1", "-w", "-m", "fast", "stop");
    site.sql("pg3", "select pg_promote()");
    Site.await("pg3 is open", () -> site.leaders().contains("pg3"));
    site.pgCtl("pg3", "-w", "-m", "fast", "stop");
    site.shell("pg3", "touch " + site.data("pg3") + "/standby.signal");
    site.pgCtl("pg3", "-w", "start");
    site.pgCtl("pg1", "-w", "start");
    Site.await(
        "pg2 follows",
        () -> site.sql("pg2", "select status from pg_stat_wal_receiver").equals("streaming"));
    site.sql("pg1", "insert into kept values ('acknowledged by pg2')");
    site.kill("pg1");

    assertThat(failover().exits(10).err())
        .contains("E-CANDIDATE-01", "the histories of pg2 and pg3 have parted", "--to NODE");
    Replctl.Result done = failover("--to", "pg2");
    done.exits(0);

    assertThat(done.out() + done.err()).contains("pg3's history has parted");
    assertThat(site.leaders()).containsExactly("pg2");
    site.replctl().run("rejoin", "pg3", "--yes").exits(0);
    Site.await(
        "pg3 has what was acknowledged",
        () ->
            site.sql("pg3", "select string_agg(word, ', ' order by word) from kept")
                .equals("acknowledged by pg2, before"));
  }

  /** One is down, and its log is gone when it comes back: a copy takes its place. */
  @Test
  void oneThatIsDownVetoesNothingAndIsCopiedWhereItsLogIsGone() {
    site.pgCtl("pg3", "-w", "-m", "fast", "stop");
    site.sql("pg1", "insert into kept values ('acknowledged by pg2')");
    site.kill("pg1");

    assertThat(failover().exits(13).err()).contains("E-LOSS-01", "may be on pg3");
    failover("--accept-loss", "any").exits(0);

    assertThat(site.leaders()).containsExactly("pg2");
    site.sql("pg2", "alter system set synchronous_standby_names = ''");
    site.sql("pg2", "select pg_reload_conf()");
    site.sql("pg2", "select pg_drop_replication_slot(slot_name) from pg_replication_slots");
    for (int i = 0; i < 4; i++) {
      site.sql("pg2", "insert into kept values ('later'); select pg_switch_wal()");
    }
    site.sql("pg2", "alter system set wal_keep_size = 0; ");
    site.sql("pg2", "select pg_reload_conf()");
    site.sql("pg2", "checkpoint");
    Replctl.Result back = site.replctl().run("rejoin", "pg3", "--yes").exits(0);
    assertThat(back.out()).contains("pg3: the data before is in ");
    Site.await(
        "pg3 follows",
        () -> site.sql("pg3", "select status from pg_stat_wal_receiver").equals("streaming"));
  }
}
