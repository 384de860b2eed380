package replctl.playbooks.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.plan.Outcome;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Step;
import replctl.playbooks.verb.Init;
import replctl.playbooks.world.Facts;

/** Init on this machine's PostgreSQL: the very scripts, through the very protocol. */
class LocalSetupTest {
  @Test
  void setsUpThreeNodesAndThenHasNothingToDo() throws Exception {
    try (LocalCluster cluster = new LocalCluster(3)) {
      cluster.replication(Replication.Mode.SEMI_SYNC, 1, 0);

      Outcome outcome = cluster.init();

      assertThat(outcome).isInstanceOf(Outcome.Done.class);
      cluster.sql("pg1", "create table t as select 1 as one");
      assertThat(
              cluster.sql(
                  "pg1",
                  "select application_name, state, sync_state, usename, ssl from"
                      + " pg_stat_replication join pg_stat_ssl using (pid) order by 1"))
          .isEqualTo(
              "pg2|streaming|quorum|replctl_replication|t\n"
                  + "pg3|streaming|quorum|replctl_replication|t");
      assertThat(
              cluster.sql("pg1", "select slot_name, active from pg_replication_slots order by 1"))
          .isEqualTo("replctl_pg2|t\nreplctl_pg3|t");
      assertThat(cluster.sql("pg2", "show synchronous_standby_names"))
          .isEqualTo("ANY 1 (\"pg1\", \"pg3\")");

      Map<Path, String> before = files(cluster);
      List<String> started = started(cluster);
      cluster.startAfresh();
      assertThat(PlanText.of(cluster.plan())).isEmpty();
      assertThat(cluster.init.drift(cluster.look(), Init.Options.USUAL).values())
          .allMatch(List::isEmpty);
      assertThat(cluster.init()).isInstanceOf(Outcome.Done.class);
      assertThat(files(cluster)).isEqualTo(before);
      assertThat(started(cluster)).isEqualTo(started);

      renews(cluster);
      verifies(cluster);
      assertThat(started(cluster)).isEqualTo(started);
    }
  }

  @Test
  void aPasswordThatWasChangedIsSetOnTheServer() throws Exception {
    try (LocalCluster cluster = new LocalCluster(2)) {
      cluster.replication(Replication.Mode.ASYNC, 1, 0);
      assertThat(cluster.init()).isInstanceOf(Outcome.Done.class);
      String verifier = "select rolpassword from pg_authid where rolname = 'replctl'";
      String before = cluster.sql("pg1", verifier);
      // Another salt, the same password, as somebody with psql sets it: nothing is to be done.
      Path secret;
      try (Stream<Path> all = Files.walk(cluster.folder)) {
        secret = all.filter(p -> p.endsWith("database-password")).findFirst().orElseThrow();
      }
      cluster.sql("pg1", "alter role replctl password '" + Files.readString(secret).strip() + "'");
      assertThat(cluster.sql("pg1", verifier)).isNotEqualTo(before);
      cluster.startAfresh();
      assertThat(PlanText.of(cluster.plan())).isEmpty();

      Files.writeString(secret, "rotated\n");
      cluster.startAfresh();

      Plan plan = cluster.plan();
      assertThat(plan.steps().map(Step::title))
          .containsExactly("set the password of the role replctl on pg1");
      assertThat(cluster.init.drift(cluster.look(), Init.Options.USUAL).toString())
          .contains("another password")
          .doesNotContain("rotated");
      assertThat(cluster.runner(event -> {}).run(plan)).isInstanceOf(Outcome.Done.class);
      assertThat(cluster.sql("pg1", verifier)).isNotEqualTo(before);
      cluster.startAfresh();
      assertThat(PlanText.of(cluster.plan())).isEmpty();
    }
  }

  /** Every node gets a new certificate, and shows it, without a restart or a gap in streaming. */
  private static void renews(LocalCluster cluster) throws IOException {
    String receivers = cluster.sql("pg1", "select pid from pg_stat_replication order by 1");
    Plan plan =
        cluster.plan(new Init.Options(List.of(), new SetupGoal.Policy(false, true, false, false)));
    assertThat(PlanText.of(plan))
        .isEqualTo(
            """
            there is an authority for certificates
              here authority
            every node has its credentials
              | pg1 key-pg1, here sign-pg1, pg1 certificate-pg1
              | pg2 key-pg2, here sign-pg2, pg2 certificate-pg2
              | pg3 key-pg3, here sign-pg3, pg3 certificate-pg3
            """);
    String before = Files.readString(cluster.state("pg2").resolve("tls/current/server.crt"));
    assertThat(cluster.runner(event -> {}).run(plan)).isInstanceOf(Outcome.Done.class);
    assertThat(Files.readString(cluster.state("pg2").resolve("tls/current/server.crt")))
        .isNotEqualTo(before);
    assertThat(cluster.sql("pg1", "select pid from pg_stat_replication order by 1"))
        .isEqualTo(receivers);
  }

  /** A follower does not take a server for its leader whose certificate is for another host. */
  private static void verifies(LocalCluster cluster) throws IOException {
    SetupGoal goal = cluster.goal("pg1", new SetupGoal.Policy(false, true, false, false));
    List<Step> steps = cluster.engine.setup().credentials(goal, new NodeName("pg1"));
    Map<String, Facts> found = new HashMap<>();
    found.put(
        "authority", cluster.perform(cluster.engine.setup().authority(goal).get(0), found, v -> v));
    for (Step step : steps) {
      found.put(
          step.name(),
          cluster.perform(
              step,
              found,
              text ->
                  text.matches("(IP:)?127\\.0\\.0\\.1")
                      ? text.replace("IP:", "DNS:").replace("127.0.0.1", "elsewhere.example")
                      : text));
    }
    cluster.sql(
        "pg1",
        "select pg_terminate_backend(pid) from pg_stat_replication"
            + " where application_name = 'pg2'");
    assertThat(
            cluster.fails(
                LocalCluster.bin("psql"),
                "-d",
                cluster.sql("pg2", "show primary_conninfo") + " replication=true",
                "-c",
                "IDENTIFY_SYSTEM"))
        .contains("does not match host name \"127.0.0.1\"");
    // The receiver lost its sender, and gets no other that it takes for its leader.
    cluster.sql(
        "pg1",
        "set statement_timeout = '20s'; do $$ begin while exists (select from pg_stat_replication"
            + " where application_name = 'pg2') loop perform pg_sleep(0.05);"
            + " perform pg_stat_clear_snapshot(); end loop; end $$");

    cluster.startAfresh();
    Outcome repaired = cluster.init();
    assertThat(repaired).isInstanceOf(Outcome.Done.class);
    assertThat(
            cluster.sql(
                "pg1", "select state from pg_stat_replication where application_name = 'pg2'"))
        .isEqualTo("streaming");
  }

  /** Every file that configures a node, with its time and content. */
  private static Map<Path, String> files(LocalCluster cluster) throws IOException {
    Map<Path, String> files = new TreeMap<>();
    for (String node : List.of("pg1", "pg2", "pg3")) {
      try (Stream<Path> data = Files.list(cluster.data(node));
          Stream<Path> state = Files.walk(cluster.state(node))) {
        for (Path path : Stream.concat(data, state).filter(Files::isRegularFile).toList()) {
          String name = path.getFileName().toString();
          if (name.matches(".*\\.(conf|crt|key|csr|signal)|passfile|for")) {
            files.put(path, Files.getLastModifiedTime(path) + " " + Files.readString(path));
          }
        }
      }
    }
    return files;
  }

  private static List<String> started(LocalCluster cluster) throws Exception {
    return List.of(
        cluster.sql("pg1", "select pg_postmaster_start_time()"),
        cluster.sql("pg2", "select pg_postmaster_start_time()"),
        cluster.sql("pg3", "select pg_postmaster_start_time()"));
  }
}
