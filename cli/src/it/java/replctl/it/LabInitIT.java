package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import replctl.it.site.LabSite;
import replctl.it.site.Shell;
import replctl.it.site.Site;

/** Setting up real hosts over SSH. */
@Tag("lab")
@Tag("long")
class LabInitIT extends InitCases {
  private LabSite lab;

  @Override
  Site open() {
    lab = LabSite.open();
    return lab;
  }

  @Override
  List<Integer> killedAfter() {
    return List.of(46);
  }

  /** A follower whose data and log lie on file systems of their own is lost, and made anew. */
  @Test
  void fillsMountPointsAtALimitedRateAndShowsHowFarItIs() {
    lab.ready();
    String leader = lab.leaders().get(0);
    String lost = leader.equals("pg3") ? "pg2" : "pg3";
    lab.sql(
        leader,
        "drop table if exists big; create table big as select md5(id::text) as word from generate_series(1, 500000) id");
    try {
      fillsMountPoints(leader, lost);
    } finally {
      lab.wipe();
    }
  }

  private void fillsMountPoints(String leader, String lost) {
    lab.shell(lost, LOSE);
    lab.replication("{mode: semi-sync, acks: 1, on_lost_sync: block, clone_rate: 8MiB}");
    List<Path> before = lab.journals();

    String shown = onATerminal("init --yes --timeout 20s");

    assertThat(shown).contains("DONE  init of shop");
    Matcher progress =
        Pattern.compile(
                "copy "
                    + leader
                    + " to /var/lib/postgresql/17/main of "
                    + lost
                    + ".*\\[#+[.]+\\]  [0-9.]+ MiB of ([0-9.]+) MiB \\([0-9]+ %\\), [0-9.]+ MiB/s, [0-9.]+ s left")
            .matcher(shown);
    assertThat(progress.find()).as(shown).isTrue();
    double mebibytes = Double.parseDouble(progress.group(1));
    String journal =
        lab.journals().stream()
            .filter(j -> !before.contains(j))
            .map(Site::lines)
            .findFirst()
            .orElseThrow();
    Duration took =
        Duration.between(
            at(journal, "intent", "copy-" + lost), at(journal, "result", "copy-" + lost));
    assertThat(took.toMillis() / 1000.0).isGreaterThan(0.8 * mebibytes / 8);
    lab.awaitFollowers(leader);
    assertThat(
            lab.shell(
                lost,
                "cd /var/lib/postgresql/17/main && findmnt -no TARGET -T base && findmnt -no TARGET -T pg_wal && stat -c %F pg_wal && ls -d lost+found pg_wal/lost+found pg_wal/archive_status && ! ls -d .replctl* pg_wal/.replctl* 2>/dev/null"))
        .isEqualTo(
            """
            /var/lib/postgresql/17/main
            /var/lib/postgresql/17/main/pg_wal
            directory
            lost+found
            pg_wal/archive_status
            pg_wal/lost+found""");
    String rows = "select count(*), sum(hashtext(word)) from big";
    Site.await("all rows", () -> lab.sql(lost, rows).equals(lab.sql(leader, rows)));
    lab.sql(leader, "drop table big");
    Replctl.Result second = lab.replctl().run("init", "--yes").exits(0);
    assertThat(second.out()).as(second.toString()).contains("Nothing to do");
  }

  private static final String LOSE =
      """
      set -e
      systemctl stop postgresql@17-main
      rm -rf /etc/postgresql/17 /var/lib/postgresql/17 /var/lib/postgresql/.replctl
      for folder in /var/lib/postgresql/17/main /var/lib/postgresql/17/main/pg_wal; do
        install -d -o postgres -g postgres "$folder"
        mount -t tmpfs -o size=900m tmpfs "$folder"
        mkdir -m 700 "$folder/lost+found"
        chown postgres: "$folder" && chmod 700 "$folder"
      done
      chown postgres: /var/lib/postgresql/17
      """;

  private static Instant at(String journal, String entry, String step) {
    return journal
        .lines()
        .filter(
            l ->
                l.contains("\"entry\":\"" + entry + "\"")
                    && l.contains("\"step\":\"" + step + "\""))
        .map(l -> Instant.parse(l.replaceAll("^\\{\"at\":\"([^\"]*)\".*", "$1")))
        .findFirst()
        .orElseThrow();
  }

  /** What an operator sees, without what moves the cursor. */
  private String onATerminal(String words) {
    List<String> command = lab.typed(words);
    Shell.Ended ended =
        Shell.end(List.of("script", "-qec", String.join(" ", command), "/dev/null"));
    assertThat(ended.code()).as(ended.out()).isZero();
    return ended.out().replaceAll("\u001b\\[[0-9;]*[A-Za-z]", "");
  }
}
