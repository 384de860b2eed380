package replctl.playbooks.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.epoch.Silence;
import replctl.playbooks.plan.Outcome;
import replctl.playbooks.verb.Init;

/** Leaders and hosts that are not as an empty host is: tablespaces, the log elsewhere, restarts. */
class LocalGroundTest {
  @Test
  void copiesTablespacesAndPutsTheCopyIntoAFolderThatCannotBeReplaced() throws Exception {
    try (LocalCluster cluster = new LocalCluster(2)) {
      minimal(cluster);
      Path home = cluster.folder.resolve("pg2");
      cluster.asServer("mkdir", cluster.data("pg2").toString(), cluster.state("pg2").toString());
      LocalCluster.run(List.of("chown", System.getProperty("user.name"), home.toString()));
      LocalCluster.run(List.of("chmod", "555", home.toString()));

      assertThat(PlanText.of(cluster.decide(Init.Options.USUAL)))
          .isEqualTo(
              "E-ADOPT-01 pg1 must restart before a follower can be copied from it, for"
                  + " wal_level, max_wal_senders.\n"
                  + "-> when its clients can do without it for a moment: replctl init --restart");
      assertThat(cluster.data("pg1").resolve("replctl.conf")).doesNotExist();

      Outcome outcome =
          cluster
              .runner(event -> {})
              .run(
                  cluster.plan(
                      new Init.Options(
                          List.of(), new SetupGoal.Policy(true, false, false, false))));

      LocalCluster.run(List.of("chmod", "755", home.toString()));
      assertThat(outcome).isInstanceOf(Outcome.Incomplete.class);
      assertThat(((Outcome.Incomplete) outcome).left())
          .singleElement()
          .asString()
          .contains("tablespace " + cluster.folder.resolve("pg1/space"))
          .contains("is not this user's");

      if (System.getProperty("user.name").equals("root")) {
        LocalCluster.run(List.of("chown", "postgres:", home.toString()));
      }
      cluster.startAfresh();
      assertThat(
              cluster
                  .runner(event -> {})
                  .resume(cluster.journal().unfinished().orElseThrow(), Silence.NONE))
          .isInstanceOf(Outcome.Done.class);
      assertThat(cluster.sql("pg2", "select count(*) from t, pg_tablespace where spcname = 'far'"))
          .isEqualTo("1000");
      assertThat(Files.isSymbolicLink(cluster.data("pg1").resolve("pg_wal"))).isTrue();
      cluster.startAfresh();
      assertThat(PlanText.of(cluster.plan())).isEmpty();
    }
  }

  /** A leader that nobody can follow yet, its log and a table outside of its data folder. */
  private static void minimal(LocalCluster cluster) throws IOException {
    String data = cluster.data("pg1").toString();
    Path space = cluster.folder.resolve("pg1/space");
    cluster.asServer("mkdir", space.toString());
    cluster.asServer(
        LocalCluster.bin("initdb"),
        "-D",
        data,
        "--data-checksums",
        "--auth-local=peer",
        "--waldir=" + cluster.folder.resolve("pg1/wal"));
    cluster.asServer(
        "sh",
        "-c",
        "printf '%s\\n' \"port = $2\" 'wal_level = minimal' 'max_wal_senders = 0' >>$1/postgresql.conf",
        "sh",
        data,
        Integer.toString(cluster.port("pg1")));
    cluster.asServer(LocalCluster.bin("pg_ctl"), "-D", data, "-l", data + "/log", "-w", "start");
    cluster.sql("pg1", "create tablespace far location '" + space + "'");
    cluster.sql("pg1", "create table t tablespace far as select generate_series(1, 1000)");
  }
}
