package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import replctl.it.probe.ProbeProcess;
import replctl.it.site.LocalSite;
import replctl.it.site.Shell;

/**
 * Scripts of the operator's own around a change of leader on this machine, while a client writes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalHooksIT {
  private static final String AROUND =
      """
      hooks:
        before_promotion: {command: [hooks/may-move, --strict], timeout: 10s}
        after_promotion: {command: [hooks/tell], timeout: 20s}
      redirect:
        - {command: [hooks/dns], timeout: 20s}
      """;

  private LocalSite site;
  private Path hooks;

  /** Who leads as a case begins, and who is to lead next. */
  private String from;

  private String to;

  @BeforeAll
  void begin() throws IOException {
    site = LocalSite.open();
    hooks = Files.createDirectories(site.folder().resolve("hooks"));
  }

  @AfterAll
  void end() {
    if (site != null) {
      site.close();
    }
  }

  @BeforeEach
  void ready() {
    site.around("");
    site.ready();
    site.around(AROUND);
    from = site.leaders().get(0);
    to = site.nodes().stream().filter(n -> !n.equals(from)).findFirst().orElseThrow();
    Shell.run(List.of("rm", "-f", hooks + "/asked", hooks + "/told", hooks + "/led"));
    script("may-move", noting("asked"));
    script("tell", noting("told"));
    script("dns", noting("led"));
  }

  /** Keeps what it was told: its arguments, its variables, and its input. */
  private String noting(String file) {
    return "{ echo \"$# $*\"; env | grep '^REPLCTL_' | sort; cat; } > " + hooks.resolve(file);
  }

  private Path script(String name, String body) {
    try {
      Path file = Files.writeString(hooks.resolve(name), "#!/bin/bash\n" + body + "\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
      return file;
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private Map<String, String> started() {
    return Map.of(from, site.started(from), to, site.started(to));
  }

  /** Nothing moved: roles, servers, followers; and rows flow. */
  private void refused(String... words) {
    Map<String, String> before = started();
    try (ProbeProcess probe = site.writes()) {
      Replctl.Result result = site.replctl().run("switchover", "--to", to, "--yes").exits(10);

      assertThat(result.err()).contains("E-HOOK-01", "Nothing was changed.").contains(words);
      probe.awaitMore();
      System.out.println("LocalHooksIT: " + probe.keptAll());
    }
    assertThat(site.leaders()).containsExactly(from);
    assertThat(started()).isEqualTo(before);
    assertThat(site.allFollow(from)).isTrue();
    assertThat(site.unfinished()).isEmpty();
    assertThat(hooks.resolve("told")).doesNotExist();
    assertThat(hooks.resolve("led")).doesNotExist();
  }

  @Test
  void aVetoKeepsRowsFlowingAndRolesAsTheyWere() {
    Path ask = script("may-move", "echo checking; printf 'a deploy\\033[2J runs\\n' >&2; exit 3");

    refused(ask + " says no: exit code 3: a deploy?[2J runs.");
  }

  /** It is asked when the plan is made, and ends a server that the plan counts on. */
  @Test
  @Tag("long")
  void aFollowerThatIsStoppedMeanwhileFollowsWhenItIsStarted() {
    String third =
        site.nodes().stream()
            .filter(n -> !n.equals(from) && !n.equals(to))
            .findFirst()
            .orElseThrow();
    script(
        "may-move",
        "kill -INT $(head -n 1 "
            + site.data(third)
            + "/postmaster.pid)\n"
            + "while [ -e "
            + site.data(third)
            + "/postmaster.pid ]; do sleep 0.1; done");

    Replctl.Result result = site.replctl().run("switchover", "--to", to, "--yes").exits(0);

    assertThat(result.out())
        .contains(third + "'s server does not run: it follows when it is started");
    assertThat(site.unfinished()).isEmpty();
    site.pgCtl(third, "-w", "start");
    site.awaitFollowers(to);
  }

  @Test
  void oneThatDoesNotEndIsAVetoAndNotKnown() {
    site.around(AROUND.replace("10s", "1s"));
    script("may-move", "sleep 600 & wait");

    refused("it did not end in 1 s and was ended; what it has done is not known");
  }

  @Test
  void oneThatOthersMayChangeIsNeverRun() throws IOException {
    Path ask = script("may-move", "touch " + hooks.resolve("asked"));
    Files.setPosixFilePermissions(ask, PosixFilePermissions.fromString("rwxrwxrwx"));
    List<Path> before = site.journals();

    refused("before_promotion can't be run", ask + " may be changed by others");

    assertThat(hooks.resolve("asked")).doesNotExist();
    assertThat(site.journals()).isEqualTo(before);
  }

  @Test
  void theyAreToldWhoLeadsAndTheNewLeaderTakesWritesByThen() throws IOException {
    // Clients are let in.
    site.writes().close();
    script(
        "tell",
        noting("told")
            + "\nPGPASSWORD=app psql -Xq -h $REPLCTL_NEW_LEADER_HOST -p $REPLCTL_NEW_LEADER_PORT"
            + " -U app -d app -c 'create table hooked as select 1'");
    script("dns", noting("led") + "\necho moved");

    Replctl.Result result = site.replctl().run("switchover", "--to", to, "--yes").exits(0);

    assertThat(site.leaders()).containsExactly(to);
    String straight = "postgresql://" + site.address(to) + "/";
    assertThat(client(straight, "select count(*) from hooked")).isEqualTo("1");
    client(straight, "drop table hooked");
    assertThat(Files.readAllLines(hooks.resolve("asked")))
        .contains(
            "1 --strict",
            "REPLCTL_EVENT=before-promotion",
            "REPLCTL_VERB=switchover",
            "REPLCTL_CLUSTER=shop",
            "REPLCTL_OLD_LEADER=" + from,
            "REPLCTL_NEW_LEADER=" + to,
            "REPLCTL_NEW_LEADER_HOST=127.0.0.1")
        .anyMatch(line -> line.matches("REPLCTL_EPOCH=[1-9][0-9]*"))
        .anyMatch(line -> line.matches("REPLCTL_OPERATION=op-.+"))
        .anyMatch(line -> line.startsWith("{") && line.contains("\"newLeader\":\"" + to + "\""));
    assertThat(Files.readString(hooks.resolve("led"))).contains("REPLCTL_EVENT=redirect");
    assertThat(result.out()).contains("dns says: moved");
    connects(result.out());
  }

  private static String client(String text, String statement) {
    return Shell.run(
        List.of(
            "bash",
            "-c",
            "PGUSER=app PGPASSWORD=app PGDATABASE=app psql -XAtq '%s' -c '%s'"
                .formatted(text, statement)));
  }

  /** What was printed is what a client can use. */
  private void connects(String out) {
    List<String> texts =
        out.lines()
            .filter(line -> line.startsWith("connect "))
            .map(line -> line.substring("connect ".length()).strip().split(" ")[0])
            .toList();
    assertThat(texts).hasSize(3);
    assertThat(texts.get(1)).startsWith("jdbc:postgresql://127.0.0.1:");
    for (String text : List.of(texts.get(0), texts.get(2))) {
      assertThat(client(text, "select inet_server_port()"))
          .isEqualTo(site.address(to).split(":")[1]);
    }
  }

  @Test
  void whatFailsAfterwardsIsOwedAndDoneByWhoeverResumes() {
    Path tell = script("tell", "echo 'no route to the pager' >&2; exit 1");
    try (ProbeProcess probe = site.writes()) {
      Replctl.Result result = site.replctl().run("switchover", "--to", to, "--yes").exits(12);

      assertThat(result.out())
          .contains("it is done except for what is owed", tell + " says no: exit code 1")
          .contains("no route to the pager", "replctl op resume", "connect ");
      assertThat(site.leaders()).containsExactly(to);
      assertThat(hooks.resolve("led")).exists();
      Shell.run(List.of("rm", hooks + "/asked", hooks + "/led"));
      script("tell", noting("told"));

      site.replctl().run("op", "resume").exits(0);

      assertThat(hooks.resolve("told")).exists();
      assertThat(hooks.resolve("asked")).doesNotExist();
      assertThat(hooks.resolve("led")).doesNotExist();
      probe.awaitMore();
      System.out.println("LocalHooksIT: " + probe.keptAll());
    }
    site.awaitFollowers(to);
  }

  @Test
  void aPlanShowsThemAndRunsNone() {
    String plan = site.replctl().run("plan", "switchover", "--to", to).exits(0).out();

    assertThat(plan)
        .contains("ask may-move whether " + to + " may lead")
        .contains("lead clients to " + to + " by dns")
        .contains("tell tell that " + to + " leads");
    assertThat(hooks.resolve("asked")).doesNotExist();
  }

  @Test
  void aVetoOfAFailoverLeavesItOpenAndItGoesOnWhenItIsLifted() {
    Path ask = script("may-move", "echo \"not at night\" >&2; exit 1");
    site.kill(from);

    Replctl.Result vetoed =
        site.replctl().run("failover", "--leader-is-broken", "disk \"full\"; $(id)", "--yes");

    assertThat(vetoed.exits(12).out())
        .contains(ask + " says no: exit code 1: not at night")
        .contains("replctl op resume", "replctl op abort", "replctl open " + from);
    assertThat(site.leaders()).isEmpty();
    script("may-move", noting("asked"));

    Replctl.Result result = site.replctl().run("op", "resume").exits(0);

    assertThat(site.leaders()).hasSize(1).doesNotContain(from);
    assertThat(told(hooks.resolve("asked")))
        .contains("REPLCTL_VERB=failover", "REPLCTL_WHY=disk \"full\"; $(id)");
    assertThat(told(hooks.resolve("told"))).contains("REPLCTL_EVENT=after-promotion");
    assertThat(result.out()).contains("connect ");
    site.replctl().run("rejoin", from, "--yes").exits(0);
  }

  @Test
  @Tag("long")
  void aVetoedFailoverCanBeTakenBack() {
    script("may-move", "exit 1");
    site.kill(from);
    site.replctl().run("failover", "--leader-is-broken", "disk", "--yes").exits(12);

    Replctl.Result back = site.replctl().run("op", "abort").exits(16);

    assertThat(back.out()).contains("replctl unfence " + from, "replctl open " + from);
    assertThat(site.leaders()).isEmpty();
    site.replctl().run("unfence", from, "--yes").exits(0);
    site.replctl().run("open", from, "--yes").exits(0);
    assertThat(site.leaders()).containsExactly(from);
    site.awaitFollowers(from);
    try (ProbeProcess probe = site.writes()) {
      probe.awaitMore();
      System.out.println("LocalHooksIT: " + probe.keptAll());
    }
  }

  private static String told(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
