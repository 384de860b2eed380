package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import replctl.it.probe.ProbeProcess;
import replctl.it.site.BusySession;
import replctl.it.site.LabSite;
import replctl.it.site.Site;

/**
 * A cluster that somebody set up by hand on pg1 and pg2 and uses, and an empty host: init changes
 * what it says and nothing else.
 */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("long")
class LabAdoptIT {
  private LabSite site;

  @BeforeAll
  void begin() {
    site = LabSite.open();
    site.wipe();
    leaderByHand();
    followerByHand();
    // The empty host keeps the log on a file system of its own, as the leader does on a folder.
    site.shell(
        "pg3",
        "install -d -o postgres -m 700 /srv/wal /srv/far && mount -t tmpfs -o size=600m tmpfs"
            + " /srv/wal && chown postgres: /srv/wal && chmod 700 /srv/wal");
  }

  @AfterAll
  void end() {
    if (site != null) {
      site.wipe();
      site.close();
    }
  }

  /** Tables in a tablespace, the log elsewhere, and settings in two files of the operator's own. */
  private void leaderByHand() {
    site.shell(
        "pg1",
        """
        set -e
        install -d -o postgres -m 700 /srv/wal /srv/far
        runuser -u postgres -- pg_createcluster 17 main -- --waldir=/srv/wal >/dev/null
        cd /etc/postgresql/17/main
        mkdir -p conf.d && chown postgres: conf.d
        printf '%s\\n' '' '# Ours: ask Ann before you change it.' "listen_addresses = '*'" \\
          "wal_receiver_timeout = '5s'" 'work_mem=5MB # for the reports' "include_dir = 'conf.d'" >> postgresql.conf
        echo "log_min_duration_statement = 500" > conf.d/mine.conf
        { printf '%s\\n' '# Ours comes first.' 'host  replication  repl  samenet   scram-sha-256'
          cat pg_hba.conf
          printf '%s\\t%s\\n' '# and last, with tabs' '' 'host app app' 'samenet scram-sha-256'; } > new
        cat new > pg_hba.conf && rm new
        systemctl start postgresql@17-main
        """);
    site.sql("pg1", "create role repl login replication password 'repl-by-hand'");
    site.sql("pg1", "select pg_create_physical_replication_slot('mine')");
    site.sql("pg1", "create tablespace far location '/srv/far'");
    site.sql(
        "pg1",
        "create table kept tablespace far as select id, md5(id::text) as word from generate_series(1, 50000) id");
  }

  private void followerByHand() {
    site.shell(
        "pg2",
        """
        set -e
        install -d -o postgres -m 700 /srv/far
        runuser -u postgres -- pg_createcluster 17 main >/dev/null
        rm -rf /var/lib/postgresql/17/main
        runuser -u postgres -- env PGPASSWORD=repl-by-hand pg_basebackup -D /var/lib/postgresql/17/main -R -S mine \\
          -c fast -d 'host=pg1 user=repl application_name=pg2'
        cd /etc/postgresql/17/main
        printf '%s\\n' "listen_addresses = '*'" 'random_page_cost = 1.1' >> postgresql.conf
        printf '%s\\n' 'host app app samenet scram-sha-256' >> pg_hba.conf
        systemctl start postgresql@17-main
        """);
    Site.await(
        "pg2 streams",
        () -> site.sql("pg1", "select state from pg_stat_replication").equals("streaming"));
  }

  private static final List<String> NODES = List.of("pg1", "pg2", "pg3");

  @Test
  void changesOnlyWhatItSaysAndRestartsOnlyWhenAsked() {
    Map<String, Map<String, String>> before = files();
    String started = started();
    NODES.subList(0, 2).forEach(n -> site.shell(n, "cp -a /etc/postgresql/17/main /root/before"));

    Replctl.Result plan = site.replctl().run("init", "--dry-run").exits(0);

    assertThat(plan.out())
        .contains("pg1: certificate: none yet")
        .contains(
            "pg1: replctl.conf", "pg1: pg_hba.conf", "pg1: role replctl_replication: is missing")
        .contains("pg1: durability", "+ synchronous_standby_names = ANY 1 (\"pg2\", \"pg3\")")
        .contains(
            "pg2: upstream", "- user=repl\n", "+ user=replctl_replication\n", "- password=***")
        .contains("pg2: restart: wal_log_hints   (needs a restart)")
        .containsPattern("warning +pg1 must restart before these take hold: wal_log_hints")
        .containsPattern("pg3 +copy pg1 to /var/lib/postgresql/17/main of pg3")
        .doesNotContain("repl-by-hand")
        .doesNotContain("restart pg");
    assertThat(files()).isEqualTo(before);
    assertThat(site.journals()).isEmpty();
    assertThat(site.secrets()).doesNotExist();

    try (BusySession client = site.busy("pg1", "select 'a client', pg_sleep(200)");
        ProbeProcess probe = site.writes()) {
      before =
          files(); // Its account came with lines of its own in pg_hba.conf, or they were there.
      site.replctl().run("init", "--yes").exits(0);
      probe.awaitMore();
      System.out.println("adopted: " + probe.keptAll());
      assertThat(client.isAlive()).isTrue();

      assertThat(started()).isEqualTo(started);
      onlyOursChanged(before, files());
      allFollowWithAllRows();
      assertThat(site.sql("pg1", "show wal_log_hints")).isEqualTo("off");
      nothingMoreButTheRestart(started);

      site.replctl().run("init", "--restart", "--yes").exits(0);
      assertThat(client.output()).contains("terminating connection");
    }
    NODES.forEach(n -> assertThat(site.sql(n, "show wal_log_hints")).as(n).isEqualTo("on"));
    assertThat(started()).doesNotContain(started.split("\n"));
    allFollowWithAllRows();
    Replctl.Result again = site.replctl().run("init", "--dry-run").exits(0);
    assertThat(again.out()).contains("Nothing to do").doesNotContain("restart");

    handsOver();
  }

  private void nothingMoreButTheRestart(String started) {
    Map<String, Map<String, String>> before = files();
    Replctl.Result second = site.replctl().run("init", "--yes").exits(0);
    assertThat(second.out()).as(second.toString()).contains("Nothing to do");
    assertThat(files()).isEqualTo(before);
    assertThat(started()).isEqualTo(started);
    assertThat(site.replctl().run("init", "--dry-run").exits(0).out())
        .containsPattern("pg1 must restart before these take hold: wal_log_hints; .*--restart")
        .containsPattern("pg2 must restart before these take hold: wal_log_hints; .*--restart");
  }

  /**
   * Of what was there, three files changed, by replctl's own lines; the rest is new, and its own or
   * the start guard's.
   */
  private void onlyOursChanged(
      Map<String, Map<String, String>> before, Map<String, Map<String, String>> after) {
    for (String node : NODES.subList(0, 2)) {
      TreeSet<String> changed = new TreeSet<>();
      before
          .get(node)
          .forEach(
              (file, sum) -> {
                if (!sum.equals(after.get(node).get(file))) {
                  changed.add(file);
                }
              });
      // pg1 has a folder of further settings, and pg2 has none.
      assertThat(changed)
          .as(node)
          .isSubsetOf(
              "/var/lib/postgresql/17/main/postgresql.auto.conf",
              "/etc/postgresql/17/main/pg_hba.conf",
              node.equals("pg1") ? "" : "/etc/postgresql/17/main/postgresql.conf");
      TreeSet<String> added = new TreeSet<>(after.get(node).keySet());
      added.removeAll(before.get(node).keySet());
      assertThat(added)
          .as(node)
          .allMatch(
              f ->
                  f.matches(
                      ".*/replctl[.]conf|.*/replctl-guard[.]conf|.*/[.]replctl/.*"
                          + "|/var/lib/postgresql/[.]ssh/authorized_keys"));
      String sameBut =
          "cmp /root/before/%1$s <(sed '/^# replctl: begin$/,/^# replctl: end$/d; /# replctl$/d' "
              + "/etc/postgresql/17/main/%1$s) && stat -c '%%a %%U' /etc/postgresql/17/main/%1$s";
      assertThat(site.shell(node, sameBut.formatted("postgresql.conf"))).isEqualTo("644 postgres");
      assertThat(site.shell(node, sameBut.formatted("pg_hba.conf"))).isEqualTo("640 postgres");
    }
    assertThat(site.sql("pg1", "show work_mem")).isEqualTo("5MB");
    assertThat(site.sql("pg1", "show log_min_duration_statement")).isEqualTo("500ms");
    assertThat(site.sql("pg1", "show wal_receiver_timeout")).isEqualTo("5s");
  }

  private void allFollowWithAllRows() {
    site.awaitFollowers("pg1");
    assertThat(
            site.sql(
                "pg1",
                "select application_name, usename, ssl from pg_stat_replication join pg_stat_ssl"
                    + " using (pid) order by 1"))
        .isEqualTo("pg2|replctl_replication|t\npg3|replctl_replication|t");
    String rows = "select count(*), md5(string_agg(word, '' order by id)) from kept";
    String all = site.sql("pg1", rows);
    assertThat(all).startsWith("50000|");
    for (String follower : NODES.subList(1, 3)) {
      assertThat(site.sql(follower, rows)).isEqualTo(all);
    }
    assertThat(site.shell("pg3", "ls -d /srv/far/PG_17_* && findmnt -no TARGET -T /srv/wal"))
        .startsWith("/srv/far/PG_17_")
        .endsWith("/srv/wal");
    assertThat(site.shell("pg3", "readlink -f /var/lib/postgresql/17/main/pg_wal"))
        .isEqualTo("/srv/wal");
  }

  private void handsOver() {
    try (ProbeProcess probe = site.writes()) {
      site.replctl().run("switchover", "--to", "pg2", "--yes").exits(0);
      assertThat(site.leaders()).containsExactly("pg2");
      site.awaitFollowers("pg2");
      probe.awaitMore();
      System.out.println("handed over: " + probe.keptAll());
    }
  }

  /** Of each node each file, and its line of {@link LabSite#files}. */
  private Map<String, Map<String, String>> files() {
    Map<String, Map<String, String>> all = new TreeMap<>();
    for (String node : NODES) {
      all.put(
          node,
          site.files(node)
              .lines()
              .filter(l -> l.startsWith("/") && !l.contains("/postmaster."))
              .collect(
                  Collectors.toMap(
                      l -> l.substring(0, l.indexOf(' ')), l -> l, (a, b) -> b, TreeMap::new)));
    }
    return all;
  }

  private String started() {
    return site.started("pg1") + "\n" + site.started("pg2");
  }
}
