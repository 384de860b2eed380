package replctl.playbooks.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import replctl.playbooks.engine.Drift;
import replctl.playbooks.plan.Outcome;
import replctl.playbooks.verb.Init;

/** Init on a cluster that somebody made by hand: it changes what it says and nothing else. */
class LocalAdoptTest {
  @Test
  void adoptsWhatRunsAndRestartsNothing() throws Exception {
    try (LocalCluster cluster = new LocalCluster(2)) {
      byHand(cluster);
      String settings = Files.readString(cluster.data("pg1").resolve("postgresql.conf"));
      List<String> rules = rules(cluster.data("pg1"));
      String started = started(cluster);
      String shown = others(cluster);

      assertThat(
              cluster.init.drift(cluster.look(), Init.Options.USUAL).values().stream()
                  .flatMap(List::stream)
                  .map(Drift::what)
                  .distinct())
          .containsExactlyInAnyOrder(
              "certificate",
              "passfile",
              "replctl.conf",
              "pg_hba.conf",
              "role replctl",
              "role replctl_replication",
              "role replctl_rewind",
              "upstream",
              "restart");
      assertThat(cluster.init()).isInstanceOf(Outcome.Done.class);

      assertThat(started(cluster)).isEqualTo(started);
      assertThat(Files.readString(cluster.data("pg1").resolve("postgresql.conf")))
          .isEqualTo(settings + "include_if_exists = 'replctl.conf'  # replctl\n");
      assertThat(rules(cluster.data("pg1"))).isEqualTo(rules);
      assertThat(others(cluster)).isEqualTo(shown);
      assertThat(
              Files.readAllLines(cluster.data("pg1").resolve("replctl.conf")).stream()
                  .filter(l -> !l.startsWith("#"))
                  .map(l -> l.replaceAll(" = .*", "")))
          .containsExactly(
              "ssl",
              "ssl_cert_file",
              "ssl_key_file",
              "wal_keep_size",
              "max_slot_wal_keep_size",
              "wal_log_hints",
              "wal_receiver_timeout",
              "wal_retrieve_retry_interval");
      assertThat(cluster.sql("pg1", "select application_name, usename from pg_stat_replication"))
          .isEqualTo("pg2|replctl_replication");
      assertThat(cluster.sql("pg1", "select slot_name from pg_replication_slots"))
          .isEqualTo("replctl_pg2");
      cluster.startAfresh();
      assertThat(PlanText.of(cluster.plan()))
          .isEqualTo(
              List.of("pg1", "pg2").stream()
                  .map(
                      n ->
                          "! "
                              + n
                              + " must restart before these take hold: wal_log_hints; when its"
                              + " clients can do without it for a moment: replctl init --restart\n")
                  .collect(Collectors.joining()));
    }
  }

  @Test
  void namesADataFolderOfAnotherCluster() throws Exception {
    try (LocalCluster cluster = new LocalCluster(2)) {
      byHand(cluster);
      cluster.asServer(
          LocalCluster.bin("pg_ctl"), "-D", cluster.data("pg2").toString(), "-w", "stop");
      cluster.asServer("rm", "-rf", cluster.data("pg2").toString());
      cluster.asServer(LocalCluster.bin("initdb"), "-D", cluster.data("pg2").toString());
      List<String> before = names(cluster.data("pg2"));

      assertThat(PlanText.of(cluster.decide(Init.Options.USUAL)))
          .startsWith("E-IDENTITY-01 pg2's data in " + cluster.data("pg2") + " belongs to another")
          .contains("-> or go on without: replctl init --without pg2");
      assertThat(names(cluster.data("pg2"))).isEqualTo(before);
    }
  }

  /** A leader and a follower as its documentation tells to make them, with a slot of their own. */
  private static void byHand(LocalCluster cluster) throws IOException {
    String data = cluster.data("pg1").toString();
    cluster.asServer(
        LocalCluster.bin("initdb"), "-D", data, "--auth-local=peer", "--auth-host=trust");
    cluster.asServer(
        "sh",
        "-c",
        "printf '%s\\n' \"port = $2\" \"shared_buffers = 16MB\" \"cluster_name = mine\" >>$1/postgresql.conf",
        "sh",
        data,
        Integer.toString(cluster.port("pg1")));
    start(cluster, "pg1");
    cluster.sql("pg1", "create role app login; create role repl login replication");
    cluster.sql("pg1", "select pg_create_physical_replication_slot('mine')");
    cluster.asServer(
        LocalCluster.bin("pg_basebackup"),
        "-D",
        cluster.data("pg2").toString(),
        "-d",
        "host=127.0.0.1 port=" + cluster.port("pg1") + " user=repl application_name=pg2",
        "-R",
        "-S",
        "mine",
        "-c",
        "fast");
    cluster.asServer(
        "sh",
        "-c",
        "echo \"port = $2\" >>$1/postgresql.conf",
        "sh",
        cluster.data("pg2").toString(),
        Integer.toString(cluster.port("pg2")));
    start(cluster, "pg2");
  }

  private static void start(LocalCluster cluster, String node) throws IOException {
    cluster.asServer(
        LocalCluster.bin("pg_ctl"),
        "-D",
        cluster.data(node).toString(),
        "-l",
        cluster.data(node).resolve("log").toString(),
        "-w",
        "start");
  }

  /** pg_hba.conf without replctl's block. */
  private static List<String> rules(Path data) throws IOException {
    String text = Files.readString(data.resolve("pg_hba.conf"));
    return text.replaceAll("(?s)# replctl: begin\n.*# replctl: end\n", "").lines().toList();
  }

  /** Parameters that are none of replctl's business, and roles. */
  private static String others(LocalCluster cluster) throws IOException {
    return cluster.sql(
            "pg1",
            "select name, setting from pg_settings where name not like 'ssl%' and name not in"
                + " ('wal_keep_size', 'max_slot_wal_keep_size', 'wal_receiver_timeout',"
                + " 'wal_retrieve_retry_interval')"
                + " and source <> 'client' order by 1")
        + cluster.sql("pg1", "select rolname from pg_roles where rolname !~ '^(pg_|replctl)'");
  }

  private static String started(LocalCluster cluster) throws IOException {
    return List.of("pg1", "pg2").stream()
        .map(
            n -> {
              try {
                return cluster.sql(n, "select pg_postmaster_start_time()");
              } catch (IOException failed) {
                throw new IllegalStateException(failed);
              }
            })
        .collect(Collectors.joining("\n"));
  }

  private static List<String> names(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      return all.map(Path::toString).sorted().toList();
    }
  }
}
