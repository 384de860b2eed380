package replctl.playbooks.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Outcome;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Script;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Value;

/**
 * A server that died with its host, and whose number another process of its user has after the
 * boot.
 */
class LocalStaleLockTest {
  private static final NodeName PG1 = new NodeName("pg1");

  @Test
  void whoeverHasTheNumberOfAServerThatIsGoneDoesNotKeepItFromStarting() throws Exception {
    try (LocalCluster cluster = new LocalCluster(1)) {
      assertThat(cluster.init()).isInstanceOf(Outcome.Done.class);
      Path lock = cluster.data("pg1").resolve("postmaster.pid");
      ScriptCall start = start(cluster);
      List<String> left = new ArrayList<>(Files.readAllLines(lock));
      cluster.asServer(
          LocalCluster.bin("pg_ctl"),
          "-D",
          cluster.data("pg1").toString(),
          "-m",
          "immediate",
          "-w",
          "stop");
      String other = cluster.asServer("sh", "-c", "sleep 60 > /dev/null 2>&1 & echo $!").strip();
      try {
        left.set(0, other);
        List<String> write =
            new ArrayList<>(List.of("sh", "-c", "printf '%s\\n' \"$@\" > \"$0\"", lock.toString()));
        write.addAll(left);
        cluster.asServer(write.toArray(String[]::new));

        Answer started =
            cluster
                .world()
                .hosts()
                .run(Place.on(PG1), start, cluster.world().clock().in(Duration.ofSeconds(30)));

        assertThat(started.isDone()).as(started::toString).isTrue();
        assertThat(Files.readAllLines(lock).get(0)).isNotEqualTo(other);
        assertThat(cluster.sql("pg1", "select pg_is_in_recovery()")).isEqualTo("f");
        assertThat(lock.resolveSibling("postmaster.pid.replctl")).doesNotExist();
      } finally {
        // It is let live until then.
        cluster.asServer("kill", other);
      }
    }
  }

  private static ScriptCall start(LocalCluster cluster) {
    TreeMap<String, Value> values =
        new TreeMap<>(cluster.engine.fencing().lift(cluster.look(), PG1).values());
    values.put("as", Value.of("leader"));
    values.put("patience", Value.of("20"));
    return ScriptCall.perform(new Script("postgresql", "start"), values);
  }
}
