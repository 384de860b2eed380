package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import replctl.it.site.LocalSite;
import replctl.it.site.Shell;
import replctl.it.site.Site;

/**
 * Servers and hosts that somebody has prepared: what they say is not obeyed, and what can't be
 * relied on is refused in words before anything changes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileHostIT {
  /** Sets a terminal's title, and its clipboard (OSC 0, OSC 52). */
  private static final String SEQUENCE = "\u001b]0;owned\u0007\u001b]52;c;cm0gLXJmIC8=\u0007";

  private LocalSite site;
  private String from;
  private String to;
  private String third;

  @BeforeAll
  void begin() {
    site = LocalSite.open();
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
    from = site.leaders().get(0);
    List<String> followers = site.nodes().stream().filter(n -> !n.equals(from)).toList();
    to = followers.get(0);
    third = followers.get(1);
  }

  private Replctl.Result switchover() {
    return site.replctl().run("switchover", "--to", to, "--yes");
  }

  private Map<String, String> started() {
    Map<String, String> started = new TreeMap<>();
    List.of(from, to, third).forEach(node -> started.put(node, site.started(node)));
    return started;
  }

  /** Nobody led, followed or was restarted otherwise than before. */
  private void unchangedBy(Runnable what) {
    Map<String, String> before = started();
    what.run();
    assertThat(site.leaders()).containsExactly(from);
    assertThat(started()).isEqualTo(before);
    assertThat(site.allFollow(from)).isTrue();
  }

  private static void inWords(Replctl.Result result) {
    assertThat(result.code()).as(result.toString()).isNotZero();
    assertThat(result.err()).doesNotContain("an error in replctl itself", "\tat ");
  }

  @Test
  void whatAServerSaysIsNotObeyedByATerminal() {
    site.sql(from, "create role \"x" + SEQUENCE + "\"");
    site.sql(from, "alter role \"x" + SEQUENCE + "\" set synchronous_commit = off");
    try {
      StringBuilder all = new StringBuilder();
      for (String line : List.of("doctor", "doctor -o json", "status", "status -o yaml", "lag")) {
        Replctl.Result result = site.replctl().run(line.split(" "));
        all.append(result.out()).append(result.err());
      }
      assertThat(all).contains("owned");
      assertThat(all.chars()).noneMatch(c -> (c < ' ' && c != '\n') || (c >= 0x7f && c < 0xa0));
    } finally {
      site.sql(from, "drop role \"x" + SEQUENCE + "\"");
    }
  }

  /** A database whose search path leads to a user's own objects first, and roles that do too. */
  @Test
  void namesThatShadowTheServersOwnAreNotAsked() {
    site.sql(
        from,
        "create function public.pg_is_in_recovery() returns bool language sql as 'select true';"
            + " create function public.pg_current_wal_lsn() returns pg_lsn language sql as"
            + " $$select '0/1'::pg_lsn$$;"
            + " create view public.pg_stat_replication as select 'evil'::text as application_name;"
            + " create view public.pg_stat_wal_receiver as select 'stopped'::text as status;"
            + " alter database postgres set search_path = public, pg_catalog;"
            + " alter role current_user set search_path = public, pg_catalog");
    try {
      String status = site.replctl().run("status", "-o", "json").exits(0).out();
      assertThat(status).contains("\"leader\": \"" + from + "\"").doesNotContain("evil");
      switchover().exits(0);
    } finally {
      // Whoever leads: the other one refuses.
      String leader = site.sql(to, "select pg_catalog.pg_is_in_recovery()").equals("f") ? to : from;
      site.sql(
          leader,
          "set search_path = pg_catalog;"
              + " alter database postgres reset search_path;"
              + " alter role current_user reset search_path;"
              + " drop view public.pg_stat_replication, public.pg_stat_wal_receiver;"
              + " drop function public.pg_is_in_recovery(), public.pg_current_wal_lsn()");
    }
    assertThat(site.leaders()).containsExactly(to);
    site.awaitFollowers(to);
  }

  /**
   * Whoever may make schemas must not get a superuser to run what he has made; and a site's event
   * trigger must not keep a new leader from its epoch's row.
   */
  @Test
  void aViewInPlaceOfItsTableIsNeverReadAndAnEventTriggerHasNoSay() {
    site.sql(
        from,
        "drop schema if exists replctl cascade; create role mallory login;"
            + " create schema replctl authorization mallory; set role mallory;"
            + " create function replctl.own() returns text language plpgsql as $$ begin"
            + " execute 'alter role mallory superuser'; return 'x'; end $$;"
            + " create view replctl.epoch as select n as epoch, replctl.own() as leader,"
            + " '' as operation from generate_series(0, 2000) n; reset role;"
            + " create function public.no() returns event_trigger language plpgsql as"
            + " $$ begin raise 'no DDL at night'; end $$;"
            + " create event trigger no on ddl_command_start execute function public.no()");
    Site.await(
        "the followers have it",
        () -> site.sql(to, "select count(*) from pg_event_trigger").equals("1"));
    site.kill(from);

    Replctl.Result result =
        site.replctl().run("failover", "--to", to, "--leader-is-broken", "killed", "--yes");

    assertThat(site.leaders()).containsExactly(to);
    assertThat(result.exits(12).out()).contains("table replctl.epoch is not replctl's own");
    assertThat(site.sql(to, "select rolsuper from pg_roles where rolname = 'mallory'"))
        .isEqualTo("f");

    site.sql(
        to,
        "set session_replication_role = replica; drop schema replctl cascade; drop role mallory");
    site.replctl().run("op", "resume").exits(0);
    assertThat(site.sql(to, "select leader from replctl.epoch order by epoch desc limit 1"))
        .isEqualTo(to);
    site.sql(to, "drop event trigger no; drop function public.no()");
    site.replctl().run("rejoin", from, "--yes").exits(0);
    site.awaitFollowers(to);
  }

  @Test
  void nothingOfTheEnvironmentIsObeyed() throws IOException {
    Path mark = site.folder().resolve("mark");
    Path rc = Files.writeString(site.folder().resolve("rc"), "\\! touch " + mark + "\n");
    Replctl odd = site.replctl();
    for (String setting :
        List.of(
            "PGOPTIONS=-c statement_timeout=1 -c search_path=public",
            "PGSERVICEFILE=" + rc,
            "PGSERVICE=elsewhere",
            "PGHOST=192.0.2.1",
            "PGPORT=1",
            "PGDATABASE=nowhere",
            "PGUSER=nobody",
            "PGPASSFILE=" + rc,
            "PSQLRC=" + rc,
            "JAVA_TOOL_OPTIONS=-Duser.language=tr -Dx=y",
            "_JAVA_OPTIONS=-Duser.country=TR",
            "LANG=tr_TR.UTF-8",
            "LC_ALL=tr_TR.UTF-8",
            "CDPATH=/tmp",
            "POSIXLY_CORRECT=1",
            "GREP_OPTIONS=-v")) {
      int equals = setting.indexOf('=');
      odd = odd.with(setting.substring(0, equals), setting.substring(equals + 1));
    }
    Replctl.Result status = odd.run("status", "-o", "json").exits(0);

    assertThat(status.err()).isEmpty();
    assertThat(status.out()).contains("\"leader\": \"" + from + "\"");
    assertThat(odd.run("switchover", "--to", to, "--dry-run").exits(0).out()).contains(to);
    assertThat(mark).doesNotExist();
  }

  /** Whose word would count for the node's whose name it has taken. */
  @Test
  void aClientThatCallsItselfLikeANodeIsNoFollower() {
    String port = site.address(from).split(":")[1];
    String place = site.folder().resolve(third) + "/received";
    String pid =
        site.shell(
            from,
            "mkdir -p "
                + place
                + " && { PGAPPNAME="
                + third
                + " setsid "
                + site.bin("pg_receivewal")
                + " -h /var/run/postgresql -p "
                + port
                + " -D "
                + place
                + " --no-loop --synchronous > /dev/null 2>&1 & echo $!; }");
    try {
      Site.await(
          "somebody who calls himself " + third,
          () ->
              site.sql(
                      from,
                      "select count(*) from pg_stat_replication where application_name = '"
                          + third
                          + "'")
                  .equals("2"));
      site.pgCtl(third, "-w", "-m", "fast", "stop");

      Replctl.Result no = site.replctl().run("switchover", "--to", third, "--yes").exits(10);

      assertThat(no.err()).contains("E-CANDIDATE-01", third);
      assertThat(site.replctl().run("status").out())
          .contains("a receiver calls itself " + third + ", whose server is stopped");
    } finally {
      Shell.end(List.of("kill", pid));
      site.shell(from, "rm -rf " + place);
      site.pgCtl(third, "-w", "start");
    }
    site.awaitFollowers(from);
  }

  /** Two of three voters can't write down what they promise: there is no majority. */
  @Test
  void stateThatCanNotBeWrittenRefusesBeforeAnythingChanges() {
    String folders =
        Stream.of(to, third)
            .map(node -> site.folder().resolve(node).resolve("state").toString())
            .reduce("", (a, b) -> a + " " + b);
    unchangedBy(
        () -> {
          site.shell(from, "chmod 500" + folders);
          try {
            Replctl.Result no = switchover();

            inWords(no);
            assertThat(no.err()).contains("REFUSED", "Nothing was changed.", "cannot write");
          } finally {
            site.shell(from, "chmod 700" + folders);
          }
        });
    assertThat(site.unfinished()).isEmpty();
    switchover().exits(0);
    site.awaitFollowers(to);
  }

  /** The journal comes before all that it tells of. */
  @Test
  void aJournalThatCanNotBeWrittenStopsBeforeAnythingChanges() throws IOException {
    Path flat = Files.createDirectories(site.folder().resolve("flat"));
    Files.writeString(flat.resolve("replctl"), "not a folder\n");
    unchangedBy(
        () -> {
          Replctl.Result no =
              site.replctl()
                  .with("XDG_STATE_HOME", flat.toString())
                  .run("switchover", "--to", to, "--yes");

          inWords(no);
          assertThat(no.err()).contains("cannot", "replctl: ", flat.toString(), "Next: ");
        });
    switchover().exits(0);
    site.awaitFollowers(to);
  }

  @Test
  void aUserWithFewerRightsChangesNothing() {
    boolean root = System.getProperty("user.name").equals("root");
    Path state = site.folder().resolve("home/state");
    Path copy = site.folder().resolve("readable.yaml");
    try {
      Files.copy(site.folder().resolve("replctl.yaml"), copy);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
    Shell.run(List.of("chmod", "644", copy.toString()));
    Shell.run(List.of("chmod", root ? "700" : "000", state.toString()));
    Replctl other =
        site.replctl()
            .withInventory(copy)
            .withPrefix(root ? List.of("setpriv", "--reuid=65534", "--clear-groups") : List.of());
    try {
      unchangedBy(
          () -> {
            for (String line :
                List.of("op list", "op resume", "switchover --to " + to + " --yes")) {
              inWords(other.run(line.split(" ")));
            }
          });
    } finally {
      Shell.run(List.of("chmod", "700", state.toString()));
      Shell.run(List.of("rm", copy.toString()));
    }
  }

  /** What a link leads to is not taken for nothing, and is not filled or emptied. */
  @Test
  void aDataFolderThatIsALinkIsLeftAlone() {
    site.declare("pg4");
    site.undeclare("pg4");
    String place = site.folder().resolve("pg4").toString();
    site.shell(
        "pg4",
        "mkdir %1$s/full && echo mine > %1$s/full/precious && ln -s full %1$s/data"
            .formatted(place));
    unchangedBy(
        () -> {
          site.declare("pg4");
          Replctl.Result no = site.replctl().run("add", "pg4", "--yes");
          site.undeclare("pg4");

          assertThat(no.exits(10).err())
              .contains("is not empty", "precious", "Nothing was changed.");
        });
    assertThat(site.shell("pg4", "cat %1$s/full/precious; ls %1$s/full".formatted(place)))
        .isEqualTo("mine\nprecious");
  }
}
