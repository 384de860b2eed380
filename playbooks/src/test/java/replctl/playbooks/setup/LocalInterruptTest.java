package replctl.playbooks.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import replctl.inventory.Replication;
import replctl.playbooks.epoch.Silence;
import replctl.playbooks.journal.Recorded;
import replctl.playbooks.plan.Outcome;
import replctl.playbooks.run.Event;
import replctl.playbooks.verb.Init;

/** What is killed in the middle is finished by the next run, and nothing else is touched. */
class LocalInterruptTest {
  @Test
  void finishesACopyThatWasKilled() throws Exception {
    try (LocalCluster cluster = new LocalCluster(2)) {
      cluster.replication(Replication.Mode.ASYNC, 1, 4 << 20);
      AtomicBoolean killed = new AtomicBoolean();

      Outcome first =
          cluster
              .runner(
                  event -> {
                    if (event instanceof Event.StepAt at
                        && at.done() > 0
                        && at.step().name().equals("copy-pg2")
                        && killed.compareAndSet(false, true)) {
                      killCopy(cluster);
                    }
                  })
              .run(cluster.plan());

      assertThat(killed).isTrue();
      assertThat(first).isInstanceOf(Outcome.Incomplete.class);
      assertThat(cluster.data("pg2")).doesNotExist();
      assertThat(cluster.state("pg2").resolve("filling")).exists();

      cluster.startAfresh();
      cluster.replication(Replication.Mode.ASYNC, 1, 0);
      Recorded recorded = cluster.journal().unfinished().orElseThrow();
      assertThat(cluster.runner(event -> {}).resume(recorded, Silence.NONE))
          .isInstanceOf(Outcome.Done.class);
      assertThat(cluster.sql("pg1", "select application_name, state from pg_stat_replication"))
          .isEqualTo("pg2|streaming");
      assertThat(names(cluster.folder.resolve("pg2"))).containsExactly("data", "state");
      assertThat(cluster.state("pg2").resolve("filling")).doesNotExist();
      assertThat(PlanText.of(cluster.plan())).isEmpty();
    }
  }

  @Test
  void neverFillsAFolderThatHasSomethingInIt() throws Exception {
    try (LocalCluster cluster = new LocalCluster(2)) {
      Path own = cluster.data("pg2").resolve("precious");
      cluster.asServer("mkdir", cluster.data("pg2").toString());
      cluster.asServer("sh", "-c", "echo mine >$1", "sh", own.toString());

      assertThat(PlanText.of(cluster.decide(Init.Options.USUAL)))
          .isEqualTo(
              "E-ADOPT-01 pg2's data folder "
                  + cluster.data("pg2")
                  + " is not empty, and there is no server in it: precious.\n"
                  + "-> if nothing in it is needed, on pg2: mv "
                  + cluster.data("pg2")
                  + " "
                  + cluster.data("pg2")
                  + ".old");
      assertThat(Files.readString(own)).isEqualTo("mine\n");
    }
  }

  /** The script and what it started, as an end of the host's connection or of memory would. */
  private static void killCopy(LocalCluster cluster) {
    String copy = cluster.data("pg2") + ".replctl-copy";
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      List<ProcessHandle> copying =
          all.filter(p -> commandLine(p).contains(copy) && commandLine(p).contains("pg_basebackup"))
              .toList();
      for (ProcessHandle process : copying) {
        process.parent().flatMap(ProcessHandle::parent).ifPresent(ProcessHandle::destroyForcibly);
        process.parent().ifPresent(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    }
  }

  /** Java does not tell the arguments of other users' processes. */
  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
          .replace('\0', ' ');
    } catch (IOException gone) {
      return "";
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }
}
