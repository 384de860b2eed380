package replctl.playbooks.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import replctl.inventory.Replication;
import replctl.playbooks.plan.Outcome;
import replctl.playbooks.verb.Init;

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
    }
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
