package replctl.playbooks.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import replctl.inventory.Fencing;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Site;
import replctl.playbooks.plan.Basis;
import replctl.playbooks.plan.Outcome;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Step;
import replctl.playbooks.run.Watcher;
import replctl.playbooks.verb.Closing;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Value;

/** The cooperative stop and its lift, on this machine's PostgreSQL. */
class LocalFenceTest {
  private static final NodeName PG1 = new NodeName("pg1");

  @Test
  void aLeaderIsStoppedBlockedAndComesUpClosed() throws Exception {
    try (LocalCluster cluster = new LocalCluster(1)) {
      assertThat(cluster.init()).isInstanceOf(Outcome.Done.class);
      cluster.sql("pg1", "create table t as select 1 as one");
      Site site = cluster.look();
      Path data = cluster.data("pg1");

      Facts closed = fence(cluster, site);

      assertThat(closed.text("closed")).contains("stopped");
      assertThat(closed.text("how")).contains("stopped on its host");
      assertThat(closed.text("block")).contains("none");
      assertThat(processes(data)).isEmpty();
      assertThat(data.resolve("standby.signal")).isEmptyFile();
      assertThat(Files.readString(cluster.state("pg1").resolve("fenced"))).matches("0 op-\\S+\n");
      assertThat(control(data)).isEqualTo("shut down");

      // Once more changes nothing, and the probe says so of itself.
      Map<String, String> before = files(cluster);
      assertThat(fence(cluster, cluster.look()).text("changed")).contains("no");
      assertThat(files(cluster)).isEqualTo(before);

      start(cluster);
      assertThat(cluster.sql("pg1", "select pg_is_in_recovery()")).isEqualTo("t");
      // What is owed is placed where the server is stopped, and of one that runs it is refused.
      Files.delete(cluster.state("pg1").resolve("fenced"));
      assertThat(block(cluster, site)).isInstanceOf(Answer.NotDone.class);
      assertThat(cluster.state("pg1").resolve("fenced")).doesNotExist();
      assertThat(cluster.sql("pg1", "select pg_is_in_recovery()")).isEqualTo("t");
      assertThat(cluster.fails(psql(cluster, "create table u ()")))
          .contains("read-only transaction");
      assertThat(probe(cluster, site)).isInstanceOf(Answer.NotDone.class);
      cluster.asServer(
          LocalCluster.bin("pg_ctl"), "-D", data.toString(), "-m", "fast", "-w", "stop");
      Files.delete(data.resolve("standby.signal"));
      assertThat(block(cluster, site)).isInstanceOf(Answer.Done.class);
      assertThat(cluster.state("pg1").resolve("fenced")).exists();
      assertThat(data.resolve("standby.signal")).exists();

      Answer lifted =
          cluster
              .world()
              .hosts()
              .run(
                  Place.on(PG1),
                  cluster.engine.fencing().lift(cluster.look(), PG1),
                  cluster.world().clock().in(Duration.ofSeconds(20)));
      assertThat(lifted).isInstanceOf(Answer.Done.class);
      assertThat(cluster.state("pg1").resolve("fenced")).doesNotExist();
      assertThat(data.resolve("standby.signal")).exists();
      assertThat(processes(data)).isEmpty();
    }
  }

  @Test
  void sessionsThatOutliveTheirPostmasterAreEnded() throws Exception {
    try (LocalCluster cluster = new LocalCluster(1)) {
      assertThat(cluster.init()).isInstanceOf(Outcome.Done.class);
      Site site = cluster.look();
      Path data = cluster.data("pg1");
      Process busy =
          new ProcessBuilder(command(psql(cluster, "do $$ begin loop end loop; end $$")))
              .redirectErrorStream(true)
              .start();
      try {
        awaitBusy(cluster);
        String postmaster = Files.readAllLines(data.resolve("postmaster.pid")).get(0);
        LocalCluster.run(List.of("kill", "-KILL", postmaster));

        Facts closed = fence(cluster, site);

        assertThat(closed.text("closed")).contains("stopped");
        assertThat(closed.text("changed")).contains("yes");
        assertThat(processes(data)).isEmpty();
        assertThat(data.resolve("standby.signal")).exists();
        assertThat(busy.waitFor()).isNotZero();
        // Its postmaster was killed, and could not take it away.
        Files.delete(data.resolve("postmaster.pid"));
      } finally {
        busy.destroyForcibly();
      }
    }
  }

  private static Answer block(LocalCluster cluster, Site site) {
    return cluster
        .world()
        .hosts()
        .run(
            Place.on(PG1),
            cluster.engine.fencing().block(site, PG1).with("operation", Value.of("op-1")),
            cluster.world().clock().in(Duration.ofSeconds(20)));
  }

  private static void awaitBusy(LocalCluster cluster) throws IOException {
    String busy =
        "select count(*) from pg_stat_activity where query like 'do %' and state = 'active'";
    while (!cluster.sql("pg1", busy).equals("1")) {
      Thread.onSpinWait();
    }
  }

  private static Step step(LocalCluster cluster, Site site) {
    return Closing.step(
        cluster.engine, site, PG1, Set.of(Fencing.Strength.STOPPED), Optional.empty());
  }

  private static Facts fence(LocalCluster cluster, Site site) {
    Step step = step(cluster, site);
    Plan plan =
        new Plan(
            cluster.world().ids().operation(),
            "fence pg1",
            cluster.cluster().name(),
            new Basis(site.seen().at(), new TreeMap<>()),
            List.of(),
            List.of(Phase.inOrder("close pg1", List.of(step))));
    Outcome outcome = cluster.runner(Watcher.NONE).run(plan);
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done) outcome).found().get(step.name());
  }

  private static Answer probe(LocalCluster cluster, Site site) {
    return cluster
        .world()
        .hosts()
        .run(
            Place.on(PG1),
            cluster.engine.fencing().stop(site, PG1).as(ScriptCall.Mode.PROBE),
            cluster.world().clock().in(Duration.ofSeconds(20)));
  }

  private static void start(LocalCluster cluster) throws IOException {
    Path data = cluster.data("pg1");
    cluster.asServer(
        LocalCluster.bin("pg_ctl"),
        "-D",
        data.toString(),
        "-l",
        data.resolve("startup.log").toString(),
        "-w",
        "start");
  }

  private static String control(Path data) throws IOException {
    return LocalCluster.run(List.of(LocalCluster.bin("pg_controldata"), "-D", data.toString()))
        .lines()
        .filter(line -> line.startsWith("Database cluster state:"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElseThrow();
  }

  private static String[] psql(LocalCluster cluster, String text) {
    return new String[] {
      LocalCluster.bin("psql"),
      "-XAtq",
      "-h",
      "/var/run/postgresql",
      "-p",
      Integer.toString(cluster.port("pg1")),
      "-d",
      "postgres",
      "-c",
      text
    };
  }

  /** As the servers' user. */
  private static List<String> command(String... words) {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.addAll(List.of(words));
    return command;
  }

  /** Those that have the data folder as their working directory. */
  private static List<String> processes(Path data) throws IOException {
    return LocalCluster.run(
            List.of(
                "bash",
                "-c",
                "for p in /proc/[0-9]*; do [ \"$(readlink $p/cwd)\" != \"$0\" ] || echo $p; done",
                data.toString()))
        .lines()
        .toList();
  }

  private static Map<String, String> files(LocalCluster cluster) throws IOException {
    return Map.of(
        "fenced",
        Files.readString(cluster.state("pg1").resolve("fenced")),
        "control",
        LocalCluster.run(
            List.of("sha256sum", cluster.data("pg1").resolve("global/pg_control").toString())));
  }
}
