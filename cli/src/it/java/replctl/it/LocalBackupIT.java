package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import replctl.it.site.LocalSite;
import replctl.it.site.Site;

/**
 * Copies that are made from pgBackRest's backups, with pgBackRest itself. It reads its
 * configuration below /etc, which takes root.
 */
@Tag("lab")
@Tag("long")
class LocalBackupIT {
  private LocalSite site;
  private Path place;
  private String stanza;
  private Path configuration;

  /** All nodes are on one machine: a command says whose data it is for. */
  @BeforeEach
  void begin() {
    site = LocalSite.open();
    place = site.data("pg1").resolveSibling("backups");
    stanza = "replctl-test-" + site.address("pg1").replaceAll(".*:", "");
    configuration = Path.of("/etc/pgbackrest/conf.d", stanza + ".conf");
    site.around(
        "archive: {pgbackrest: "
            + stanza
            + ", restore_command: '"
            + pgbackrest("--pg1-path=\"$PWD\" archive-get %f \"%p\"")
            + "'}");
    site.ready("pg1");
    site.sql("pg1", "create table kept (word text)");
    site.sql("pg1", "insert into kept values ('before')");
  }

  @AfterEach
  void end() throws IOException {
    Files.deleteIfExists(configuration);
    if (site != null) {
      site.close();
    }
  }

  private String pgbackrest(String words) {
    return "pgbackrest --stanza=" + stanza + " " + words;
  }

  /** What an operator does on the leader's host, by pgBackRest's manual. */
  private void backUp() throws IOException {
    site.shell("pg1", "mkdir " + place);
    Files.createDirectories(configuration.getParent());
    Files.writeString(
        configuration,
        """
        [%1$s]
        repo1-path=%2$s/repo
        repo1-retention-full=2
        log-path=%2$s
        lock-path=%2$s
        start-fast=y
        pg1-path=%3$s
        pg1-port=%4$s
        pg1-socket-path=/var/run/postgresql
        """
            .formatted(stanza, place, site.data("pg1"), site.address("pg1").replaceAll(".*:", "")));
    site.sql("pg1", "alter system set archive_mode = on");
    site.sql(
        "pg1",
        "alter system set archive_command = '"
            + pgbackrest("archive-push %p").replace("'", "''")
            + "'");
    site.pgCtl("pg1", "-w", "-m", "fast", "restart");
    site.awaitFollowers("pg1");
    site.shell("pg1", pgbackrest("stanza-create") + " && " + pgbackrest("backup"));
  }

  private String label() {
    return site.shell(
        "pg1",
        pgbackrest("info --output=json") + " | grep -oE '\"label\":\"[^\"]+' | cut -d '\"' -f 4");
  }

  /** The node has lost its disk. */
  private void lose(String node) {
    site.kill(node);
    site.shell(node, "rm -rf " + site.data(node));
  }

  private String words(String node) {
    return site.sql(node, "select string_agg(word, ' ' order by word) from kept");
  }

  private static List<String> restored(String log) {
    return log.lines().filter(l -> l.contains("restored log file")).toList();
  }

  @Test
  void aLostNodeIsMadeFromTheNewestBackupAndTheArchive() throws IOException {
    String elsewhere = site.data("pg1").resolveSibling("far").toString();
    site.shell("pg1", "mkdir " + elsewhere);
    site.sql("pg1", "create tablespace far location '" + elsewhere + "'");
    site.sql("pg1", "create table farther tablespace far as select 7 seven");
    backUp();
    site.sql("pg1", "insert into kept values ('since')");
    site.sql("pg1", "select pg_switch_wal()");
    lose("pg3");

    Replctl.Result dry = site.replctl().run("rejoin", "pg3", "--dry-run").exits(0);
    assertThat(dry.out()).contains("restore backup " + label() + " of " + stanza + " to");
    site.replctl().run("rejoin", "pg3", "--yes").exits(0);

    site.awaitFollowers("pg1");
    Site.await("pg3 has all", () -> words("pg3").equals("before since"));
    assertThat(site.sql("pg3", "select seven from farther")).isEqualTo("7");
    assertThat(restored(site.serverLog("pg3"))).isNotEmpty();
    assertThat(site.shell("pg3", "ls -d " + site.data("pg3") + "*"))
        .isEqualTo(site.data("pg3") + "\n" + site.data("pg3") + ".tablespaces");
    assertThat(site.replctl().run("init", "--yes").exits(0).out()).contains("Nothing to do");
  }

  /** The backup is older than the leader's timeline; pg2 archives nothing. */
  @Test
  void anOldLeaderThatHasNothingLeftComesBackFromItsOwnBackup() throws IOException {
    backUp();
    lose("pg1");
    site.sql("pg2", "select pg_promote()");
    site.sql("pg2", "alter system set synchronous_standby_names = ''");
    site.sql("pg2", "select pg_reload_conf()");
    site.replctl().run("rejoin", "pg3", "--yes").exits(0);
    site.sql("pg2", "insert into kept values ('since')");

    Replctl.Result done = site.replctl().run("rejoin", "pg1", "--yes").exits(0);

    assertThat(done.err()).contains("restore backup " + label() + " of " + stanza + " to");
    Site.await("pg1 has all", () -> words("pg1").equals("before since"));
    assertThat(site.leaders()).containsExactly("pg2");
  }

  @Test
  void whereThereIsNoBackupThatIsSaidAndTheNodeIsCopiedFromTheLeader() {
    lose("pg3");

    assertThat(site.replctl().run("rejoin", "pg3", "--dry-run").exits(0).out())
        .containsPattern(
            "copy pg1 to .* \\(no backup of stanza " + stanza + ": missing stanza path\\)");
    site.replctl().run("rejoin", "pg3", "--yes").exits(0);

    site.awaitFollowers("pg1");
    assertThat(words("pg3")).isEqualTo("before");
  }

  /** The repository fails between the plan and the step: nothing is there that is not whole. */
  @Test
  void aBackupThatIsGoneLeavesNothingBehind() throws IOException {
    backUp();
    lose("pg3");
    Path plan = site.folder().resolve("plan.json");
    site.replctl().run("plan", "rejoin", "pg3", "--out", plan.toString()).exits(0);
    site.shell(
        "pg1", "mv " + place + "/repo/backup/" + stanza + "/" + label() + " " + place + "/gone");

    Replctl.Result no = site.replctl().run("apply", plan.toString(), "--yes");

    assertThat(no.code()).as(no.toString()).isEqualTo(12);
    assertThat(no.out()).contains("pgbackrest: ");
    assertThat(site.replctl().run("op", "abort").code()).isEqualTo(16);
    assertThat(site.shell("pg3", "ls -d " + site.data("pg3") + "* 2> /dev/null || :")).isEmpty();
    assertThat(site.sql("pg1", "select slot_name from pg_replication_slots order by 1"))
        .isEqualTo("replctl_pg2");
  }
}
