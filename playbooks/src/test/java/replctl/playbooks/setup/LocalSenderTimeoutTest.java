package replctl.playbooks.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Outcome;
import replctl.playbooks.plan.Step;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Place;

/** What a switchover lowers for its length is put back, on this machine's PostgreSQL. */
class LocalSenderTimeoutTest {
  private static final NodeName PG1 = new NodeName("pg1");

  /** A start guard may hold it back for the very operation that is to be taken back. */
  @ParameterizedTest
  @CsvSource({"'', 1min", "45000, 45s"})
  void alsoInTheFileOfAServerThatDoesNotRun(String before, String after) throws IOException {
    try (LocalCluster cluster = new LocalCluster(1)) {
      assertThat(cluster.init()).isInstanceOf(Outcome.Done.class);
      if (!before.isEmpty()) {
        cluster.sql("pg1", "alter system set wal_sender_timeout = " + before);
        cluster.sql("pg1", "select pg_reload_conf()");
      }
      cluster.sql("pg1", "alter system set work_mem = '5MB'");
      Step lower = lower(cluster);
      cluster.perform(lower, Map.of(), UnaryOperator.identity());
      assertThat(auto(cluster)).contains("wal_sender_timeout = '2000ms'");
      assertThat(cluster.state("pg1").resolve("sender-timeout")).exists();
      cluster.asServer(
          LocalCluster.bin("pg_ctl"),
          "-D",
          cluster.data("pg1").toString(),
          "-m",
          "fast",
          "-w",
          "stop");

      Answer back =
          cluster
              .world()
              .hosts()
              .run(
                  Place.on(PG1),
                  lower.undo().orElseThrow(),
                  cluster.world().clock().in(Duration.ofSeconds(20)));

      assertThat(back).isInstanceOf(Answer.Done.class);
      assertThat(cluster.state("pg1").resolve("sender-timeout")).doesNotExist();
      assertThat(auto(cluster)).contains("work_mem = '5MB'").doesNotContain("2000ms");
      cluster.asServer(
          LocalCluster.bin("pg_ctl"),
          "-D",
          cluster.data("pg1").toString(),
          "-l",
          cluster.data("pg1").resolve("again.log").toString(),
          "-w",
          "start");
      assertThat(cluster.sql("pg1", "show wal_sender_timeout")).isEqualTo(after);
    }
  }

  private static Step lower(LocalCluster cluster) {
    return cluster
        .engine
        .succession()
        .prepare(cluster.look(), PG1, new NodeName("pg2"), List.of())
        .stream()
        .flatMap(lane -> lane.steps().stream())
        .filter(step -> step.name().equals("sender-timeout"))
        .findFirst()
        .orElseThrow();
  }

  private static String auto(LocalCluster cluster) throws IOException {
    return Files.readString(cluster.data("pg1").resolve("postgresql.auto.conf"));
  }
}
