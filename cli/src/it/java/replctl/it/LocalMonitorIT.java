package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import replctl.it.site.LocalSite;
import replctl.it.site.Shell;
import replctl.it.site.Site;

/** What monitors, cron and timers are given of servers on this machine. */
class LocalMonitorIT {
  private static final Path DIST = Replctl.root().resolve("cli/src/main/dist");

  @Test
  void monitorsAreToldWhatIsSeen() {
    try (LocalSite site = LocalSite.open()) {
      site.ready();
      site.awaitFollowers("pg1");
      isWell(site);
      happened(site);
      unitsRun(site);
      cronRuns(site);
      appliesNothing(site);
      isDown(site);
    }
  }

  private static void isWell(LocalSite site) {
    String before = kept(site);
    Replctl.Result told = site.replctl().run("check").exits(0);
    assertThat(kept(site)).as("check writes nothing").isEqualTo(before);
    List<String> lines = told.out().lines().toList();
    assertThat(lines.get(0))
        .startsWith("REPLCTL OK - shop: pg1 leads, 3 of 3 answer; ")
        .contains(" | 'writable'=1;;1:1;0 'answering'=3;3:;;0;3 'pg2 lag'=", "'epoch'=1;;;0");
    assertThat(lines.stream().skip(1).map(l -> l.split(":")[0]))
        .filteredOn(l -> !l.startsWith("  note"))
        .containsExactly(
            "OK role",
            "OK lag",
            "OK apply",
            "OK sync",
            "OK epoch",
            "OK fence",
            "OK drift",
            "OK disk",
            "OK ready");
    assertThat(site.replctl().run("check", "--quiet").exits(0).out()).isEmpty();
    assertThat(site.replctl().run("check", "pg2", "--check", "lag").exits(0).out())
        .contains("'pg2 lag_bytes'=")
        .doesNotContain("pg3");
    assertThat(
            site.replctl().run("check", "--check", "disk", "--critical", "disk=0").exits(2).out())
        .startsWith("REPLCTL CRITICAL - shop: pg1: disk /");
    for (String verb : List.of("status", "topology", "lag", "candidates", "sync")) {
      assertThat(site.replctl().run(verb, "--quiet").exits(0).out()).as(verb).isEmpty();
    }
    assertThat(site.replctl().run("status", "--notify-changes").exits(0).out()).contains("healthy");
    assertThat(site.replctl().run("status", "--notify-changes").exits(0).out()).isEmpty();
  }

  private static void happened(LocalSite site) {
    assertThat(site.replctl().run("history").exits(0).out())
        .containsPattern("(?m)^20\\S+Z +shop +1 +init +done +\\S.* s +\\S+@\\S+, process [0-9]+$");
    assertThat(site.replctl().run("history", "-o", "json").exits(0).out())
        .contains("\"kind\": \"History\"", "\"epoch\": 1", "\"ending\": \"done\"");
  }

  /** Every service, as systemd would start it. */
  private static void unitsRun(LocalSite site) {
    Path page = site.folder().resolve("replctl.prom");
    int run = 0;
    for (String unit : files(DIST.resolve("systemd"))) {
      for (String line : Site.lines(Path.of(unit)).lines().toList()) {
        if (line.startsWith("ExecStart=")) {
          run++;
          assertThat(line).startsWith("ExecStart=/usr/bin/replctl ");
          String words =
              line.replaceFirst("ExecStart=/usr/bin/replctl ", "")
                  .replace("/var/lib/prometheus/node-exporter/replctl.prom", page.toString());
          assertThat(site.replctl().run(words.split(" ")).exits(0).out()).as(line).isEmpty();
        }
      }
    }
    assertThat(run).isEqualTo(3);
    assertThat(Site.lines(page))
        .contains(
            "replctl_cluster_epoch{cluster=\"shop\"} 1\n",
            "replctl_node_writable{cluster=\"shop\",node=\"pg1\"} 1\n",
            "replctl_node_role{cluster=\"shop\",node=\"pg2\",role=\"follower\"} 1\n",
            "replctl_check_state{cluster=\"shop\",check=\"role\"} 0\n")
        .endsWith("# EOF\n");
    if (Files.isExecutable(Path.of("/usr/bin/promtool"))) {
      Shell.run(List.of("sh", "-c", "promtool check metrics < " + page));
      Shell.run(
          List.of(
              "promtool",
              "check",
              "rules",
              DIST.resolve("examples/prometheus-rules.yml").toString()));
    }
    assertThat(files(site.folder())).filteredOn(f -> f.contains(".prom")).hasSize(1);
  }

  /** Every line, as cron's shell would run it: of a cluster that is well nobody gets mail. */
  private static void cronRuns(LocalSite site) {
    List<String> commands = new ArrayList<>();
    for (String line : Site.lines(DIST.resolve("examples/crontab")).lines().toList()) {
      if (line.matches("[*0-9].*")) {
        commands.add(line.split(" +", 6)[5]);
      }
    }
    assertThat(commands).hasSize(4).allMatch(c -> c.startsWith("replctl "));
    for (String command : commands) {
      Replctl shell =
          site.replctl()
              .withLauncher(Path.of("/bin/sh"))
              .with("PATH", Replctl.tree().resolve("bin") + ":" + System.getenv("PATH"));
      // doctor has something to say of servers on one machine.
      Replctl.Result ended = shell.withOptions(List.of()).run("-c", command).exits(0);
      if (!command.contains("doctor")) {
        assertThat(ended.out() + ended.err()).as(command).isEmpty();
      }
    }
  }

  private static void appliesNothing(LocalSite site) {
    site.sql("pg2", "select pg_wal_replay_pause()");
    site.sql("pg1", "create table written as select generate_series(1, 1000)");
    Site.await(
        "pg2 has something to apply",
        () ->
            site.sql("pg2", "select pg_last_wal_receive_lsn() > pg_last_wal_replay_lsn()")
                .contains("t"));
    Replctl.Result told =
        site.replctl().run("check", "--check", "apply", "--interval", "500ms").exits(1);
    assertThat(told.out())
        .startsWith("REPLCTL WARNING - shop: pg2: has ")
        .contains(" to apply, and applied nothing in ", "'pg2 apply_per_second'=0;");
    site.sql("pg2", "select pg_wal_replay_resume()");
    site.awaitFollowers("pg1");
  }

  private static void isDown(LocalSite site) {
    site.pgCtl("pg3", "-w", "-m", "fast", "stop");
    Replctl.Result told = site.replctl().run("check").exits(1);
    assertThat(told.out()).startsWith("REPLCTL WARNING - shop: pg3: its server is stopped");
    assertThat(site.replctl().run("check", "--check", "lag").exits(3).out())
        .startsWith("REPLCTL UNKNOWN - shop: pg3: how far behind it is is not known");
    assertThat(site.replctl().run("status", "--notify-changes").exits(0).out())
        .contains("warnings: pg3");
    assertThat(site.replctl().run("status", "--notify-changes").exits(0).out()).isEmpty();
    assertThat(site.replctl().run("check", "--notify-changes").exits(1).out()).isNotEmpty();
    assertThat(site.replctl().run("check", "--notify-changes").exits(1).out()).isEmpty();
    site.kill("pg1");
    assertThat(site.replctl().run("check").exits(2).out())
        .startsWith("REPLCTL CRITICAL - shop: ")
        .contains("no node takes writes");
  }

  /** What of replctl's own is kept, here and on the nodes, with its sums and times. */
  private static String kept(LocalSite site) {
    return Shell.run(
            List.of(
                "find",
                site.folder().resolve("home").toString(),
                "-type",
                "f",
                "-printf",
                "%p %T@ %s\n"))
        + site.fingerprint("pg1")
        + site.fingerprint("pg2");
  }

  private static List<String> files(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(Path::toString).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
