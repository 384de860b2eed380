package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import replctl.it.site.LocalSite;
import replctl.it.site.Site;

/**
 * Nodes that come back when the log they need is gone from every node. Tests archive by hand, so
 * that it is there before it is recycled. Each has a folder of its own: no archive holds another
 * cluster's log.
 */
@Tag("long")
class LocalArchiveIT {
  private LocalSite site;

  @AfterEach
  void end() {
    if (site != null) {
      site.close();
    }
  }

  /** pg1 leads, and all follow it; what is written from here on is soon recycled. */
  private void begin(String restoreCommand) {
    site = LocalSite.open();
    if (!restoreCommand.isEmpty()) {
      site.around(
          "archive: {restore_command: \"" + restoreCommand.replace("ARCHIVE", archive()) + "\"}");
    }
    site.ready("pg1");
    site.sql("pg1", "create table kept (word text)");
    site.sql("pg1", "insert into kept values ('before')");
    site.awaitFollowers("pg1");
    site.shell("pg1", "mkdir " + archive() + ".later");
  }

  private void beginArchived() {
    begin("cp ARCHIVE/%f %p");
  }

  /** What was recycled can be had from now on. */
  private void mount() {
    site.shell("pg1", "mv " + archive() + ".later " + archive());
  }

  private String archive() {
    return site.data("pg1").resolveSibling("archive").toString();
  }

  /** The log goes on for some segments, and the node forgets all that it does not need itself. */
  private void recycle(String node) {
    String local = "set synchronous_commit = local; ";
    site.sql(
        node,
        "select pg_drop_replication_slot(slot_name) from pg_replication_slots where not active");
    site.sql(node, "alter system set wal_keep_size = 0");
    site.sql(node, "select pg_reload_conf()");
    for (int i = 0; i < 4; i++) {
      site.sql(node, local + "select pg_logical_emit_message(false, 'test', 'x')");
      site.sql(node, "select pg_switch_wal()");
    }
    site.shell(node, "cp -n " + site.data(node) + "/pg_wal/0000* " + archive() + ".later");
    site.sql(node, "checkpoint");
  }

  private String oldest(String node) {
    return site.sql(
        node,
        "select min(name) from pg_ls_waldir() where name ~ '^[0-9A-F]{24}$' and name < '00000002'");
  }

  private String words(String node) {
    return site.sql(node, "select string_agg(word, ' ' order by word) from kept");
  }

  @Test
  void aFollowerThatWasDownFetchesTheLogThatItsLeaderHasNoMore() {
    beginArchived();
    for (String node : site.nodes()) {
      assertThat(site.sql(node, "show restore_command")).endsWith("/%f %p");
    }
    assertThat(site.replctl().run("init", "--yes").exits(0).out()).contains("Nothing to do");
    site.pgCtl("pg3", "-w", "-m", "fast", "stop");
    String needed = oldest("pg1");
    site.sql("pg1", "insert into kept values ('while it was down')");
    recycle("pg1");
    mount();
    assertThat(oldest("pg1")).isGreaterThan(needed);

    Replctl.Result dry = site.replctl().run("rejoin", "pg3", "--dry-run").exits(0);
    assertThat(dry.out())
        .contains("gone from pg1: by follow its restore_command has to fetch it")
        .doesNotContain("copy");
    site.replctl().run("rejoin", "pg3", "--yes").exits(0);

    site.awaitFollowers("pg1");
    assertThat(words("pg3")).isEqualTo("before while it was down");
    assertThat(site.serverLog("pg3")).contains("restored log file");
    assertThat(site.replctl().run("rejoin", "pg3", "--yes").exits(0).out())
        .contains("Nothing to do");
  }

  /** pg1 writes three transactions alone, recycles them, and is lost; pg2 leads. */
  private void breakOff() {
    breakOff("pg3", "pg2");
  }

  private void breakOff(String... followers) {
    for (String follower : followers) {
      site.sql(follower, "alter system set primary_conninfo = ''");
      site.sql(follower, "select pg_reload_conf()");
      Site.await(
          follower + " receives nothing",
          () -> site.sql(follower, "select count(*) from pg_stat_wal_receiver").equals("0"));
    }
    String needed = oldest("pg1");
    String local = "set synchronous_commit = local; ";
    site.sql("pg1", local + "create table lost (word text)");
    site.sql("pg1", local + "insert into lost values ('one')");
    site.sql("pg1", local + "insert into kept values ('never acknowledged')");
    recycle("pg1");
    assertThat(oldest("pg1")).isGreaterThan(needed);
    site.kill("pg1");
  }

  private void promote() {
    open();
    site.replctl().run("rejoin", "pg3", "--yes").exits(0);
    site.sql("pg2", "insert into kept values ('after')");
  }

  private void open() {
    site.sql("pg2", "select pg_promote()");
    site.sql("pg2", "alter system set synchronous_standby_names = ''");
    site.sql("pg2", "select pg_reload_conf()");
  }

  private String state(String node) {
    return site.data(node).resolveSibling("state").toString();
  }

  private List<String> listed() {
    return site.shell("pg1", "cat " + state("pg1") + "/divergence/*/transactions.txt")
        .lines()
        .filter(l -> !l.startsWith("transaction "))
        .toList();
  }

  private void isBack() {
    Site.await("pg1 has what was written since", () -> words("pg1").equals("after before"));
    assertThat(site.leaders()).containsExactly("pg2");
    assertThat(site.sql("pg1", "select to_regclass('lost')")).isEmpty();
  }

  /** PostgreSQL's own doing: nobody whom the archive has served more is ahead of the new leader. */
  @Test
  void whoeverIsPromotedAppliesWhatTheArchiveHasFirst() {
    beginArchived();
    breakOff();
    mount();

    site.sql("pg2", "select pg_promote()");

    assertThat(words("pg2")).isEqualTo("before never acknowledged");
  }

  /** Its own log ends before the fork; what the archive has of its timeline does not. */
  @Test
  void aFollowerIsNotLedBeyondTheForkByTheArchive() {
    beginArchived();
    site.pgCtl("pg3", "-w", "-m", "fast", "stop");
    breakOff("pg2");
    open();
    assertThat(site.replctl().run("rejoin", "pg3", "--dry-run").exits(0).out())
        .doesNotContain("not by follow");
    mount();

    assertThat(site.replctl().run("rejoin", "pg3", "--dry-run").exits(0).out())
        .contains("not by follow: the archive has log of timeline 1 beyond");
    assertThat(site.shell("pg3", "ls " + state("pg3"))).doesNotContain("000000");
  }

  @Test
  void anOldLeaderWhoseLogIsGoneIsRewoundThroughTheArchive() {
    beginArchived();
    breakOff();
    promote();
    mount();

    assertThat(site.replctl().run("rejoin", "pg1", "--dry-run").exits(0).out())
        .contains(
            "pg1 may have what pg2 has not",
            "gone from its pg_wal, and fetched from the archive",
            "take pg1's data back to");
    Replctl.Result done = site.replctl().run("rejoin", "pg1", "--yes").exits(0);

    assertThat(done.out()).contains("3 transactions that the leader has not");
    isBack();
    assertThat(listed()).hasSize(3);
    assertThat(site.shell("pg1", "ls -d " + site.data("pg1") + ".replctl-* 2> /dev/null || :"))
        .isEmpty();
  }

  @Test
  void whereNothingHasItThatIsSaidAndItIsCopied() {
    begin("");
    breakOff();
    promote();

    assertThat(site.replctl().run("rejoin", "pg1", "--by", "follow", "--yes").exits(10).err())
        .contains("E-RETURN-01", "pg1 may have what pg2 has not");
    Replctl.Result done = site.replctl().run("rejoin", "pg1", "--yes").exits(0);

    assertThat(done.out())
        .contains("is gone (it has no restore_command)", "the data before is in ");
    isBack();
  }

  @Test
  void aRestoreCommandThatFailsIsSaid() {
    begin("echo no tape >&2; exit 3; %f %p");
    breakOff();
    promote();

    Replctl.Result no = site.replctl().run("rejoin", "pg1", "--yes");

    assertThat(no.code()).as(no.toString()).isEqualTo(12);
    assertThat(no.out())
        .contains("could not restore file", "the restore_command ended with 3 for 0000", "no tape");
    assertThat(site.replctl().run("op", "abort").code()).isEqualTo(16);
    Replctl.Result done = site.replctl().run("rejoin", "pg1", "--by", "clone", "--yes").exits(0);
    assertThat(done.out()).contains("the data before is in ");
    isBack();
  }
}
