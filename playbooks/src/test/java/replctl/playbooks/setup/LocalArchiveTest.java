package replctl.playbooks.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Site;
import replctl.playbooks.plan.Outcome;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Script;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Value;

/** What save-tail.sh does with log that is gone from pg_wal, on this machine's PostgreSQL. */
class LocalArchiveTest {
  private static final NodeName PG1 = new NodeName("pg1");

  @Test
  void logThatIsGoneIsFetchedOrItIsSaidWhyNot() throws Exception {
    try (LocalCluster cluster = new LocalCluster(1)) {
      assertThat(cluster.init()).isInstanceOf(Outcome.Done.class);
      Path data = cluster.data("pg1");
      Path archive = data.resolveSibling("archive");
      cluster.asServer("mkdir", archive.toString());
      cluster.sql("pg1", "select pg_switch_wal()");
      cluster.sql("pg1", "select pg_logical_emit_message(false, 'test', 'x')");
      String fork = cluster.sql("pg1", "select pg_current_wal_insert_lsn()");
      String file = cluster.sql("pg1", "select pg_walfile_name('" + fork + "')");
      cluster.sql("pg1", "create table t as select 1 as one");
      cluster.sql("pg1", "select pg_switch_wal()");
      cluster.sql("pg1", "create table u as select 1 as one");
      Site site = cluster.look();
      stop(cluster);

      assertThat(saved(cluster, site, fork).text("note").orElseThrow())
          .startsWith("2 transactions that the leader has not, from " + fork);

      cluster.asServer("mv", data + "/pg_wal/" + file, archive + "/" + file);
      Facts none = saved(cluster, site, fork);
      assertThat(none.text("tail.gone")).contains("yes");
      assertThat(none.text("note").orElseThrow())
          .startsWith("at least 1 transactions that the leader has not")
          .contains("is gone (it has no restore_command)");

      restoring(cluster, "exec sleep 1000; %f %p");
      assertThat(saved(cluster, site, fork).text("note").orElseThrow())
          .contains("(the restore_command did not end in 1 s for " + file + ")");

      restoring(cluster, "head -c 16777216 /dev/zero > %p; : %f");
      assertThat(saved(cluster, site, fork).text("note").orElseThrow())
          .contains("for " + file + " is no segment of this cluster's log");

      restoring(cluster, "echo 100%%; cp " + archive + "/%f %p && : %r");
      Facts all = saved(cluster, site, fork);
      assertThat(all.text("tail.gone")).contains("no");
      assertThat(all.text("note").orElseThrow())
          .startsWith("2 transactions that the leader has not, from " + fork);
      assertThat(Path.of(all.text("saved").orElseThrow()).resolve(file)).exists();
      assertThat(Files.readString(Path.of(all.text("saved").orElseThrow(), "transactions.txt")))
          .hasLineCount(3);
    }
  }

  private static void stop(LocalCluster cluster) throws IOException {
    String data = cluster.data("pg1").toString();
    cluster.asServer(LocalCluster.bin("pg_ctl"), "-D", data, "-m", "fast", "-w", "stop");
  }

  private static void restoring(LocalCluster cluster, String command) throws IOException {
    Files.writeString(
        cluster.data("pg1").resolve("postgresql.conf"),
        "restore_command = '" + command + "'\n",
        StandardOpenOption.APPEND);
  }

  private static Facts saved(LocalCluster cluster, Site site, String fork) {
    Map<String, Value> values = new TreeMap<>(cluster.engine.fencing().block(site, PG1).values());
    values.put("operation", Value.of(cluster.world().ids().operation()));
    values.put("scan", Value.of("1 " + fork + " -"));
    values.put("fork", Value.of(fork));
    values.put("segment", Value.of("16777216"));
    values.put("restore_patience", Value.of("1"));
    Answer answer =
        cluster
            .world()
            .hosts()
            .run(
                Place.on(PG1),
                ScriptCall.perform(new Script("postgresql", "save-tail"), values),
                cluster.world().clock().in(Duration.ofSeconds(20)));
    assertThat(answer).as(answer.toString()).isInstanceOf(Answer.Done.class);
    return answer.facts();
  }
}
