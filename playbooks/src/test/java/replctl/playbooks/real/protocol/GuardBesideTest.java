package replctl.playbooks.real.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The start guard beside a MySQL server that has started closed; its client is a stand-in. */
class GuardBesideTest {
  private static final String MY1 = "7 my1 {\"epoch\":7,\"leader\":\"my1\",\"voters\":[\"my1\"]}";
  private static final String MY2 = "7 my2 {\"epoch\":7,\"leader\":\"my2\",\"voters\":[\"my1\"]}";

  /** Writes down what it is asked, and answers as the files beside it say. */
  private static final String CLIENT =
      """
      #!/usr/bin/bash
      cd "${0%/*}" && read -r -d '' asked
      printf '%s\\n' "$asked" >> asked
      case $asked in
        *"select if("*) [ -e silent ] || printf '%s\\t%s\\n7\\n' "$(< is)" "$(< channels)" ;;
        *"select concat(host"*) [ ! -e source ] || echo "$(< source)" ;;
        *"min(variable_name)"*) echo rpl_semi_sync_source_enabled ;;
        *concat_ws*) echo "1 1 4294967295 AFTER_SYNC 1" ;;
        *"set global read_only = 0"*) echo writable > is ;;
      esac
      """;

  @TempDir private Path folder;
  private Process process;

  @BeforeEach
  void place() throws Exception {
    Files.createDirectories(folder.resolve("state/guard"));
    Files.writeString(folder.resolve("guard"), GuardFiles.script().text());
    Path client = Files.writeString(folder.resolve("mysql"), CLIENT);
    Files.setPosixFilePermissions(client, PosixFilePermissions.fromString("rwx------"));
    put("is", "closed");
    put("channels", "0");
    put("asked", "");
    put("state/semi-sync", "needed 1\ntimeout 4294967295\nackers my2\n");
    put(
        "state/guard/conf",
        "replctl-guard 1\ncluster shop\nnode my1\nengine mysql\nbin /nowhere\nclient "
            + client
            + "\ndata "
            + folder
            + "/data\nport 1\nsocket /nowhere\nend\n");
  }

  @AfterEach
  void end() {
    if (process != null) {
      // The one that asks first: it would go on asking.
      List<ProcessHandle> asked = process.descendants().toList();
      process.destroyForcibly().onExit().join();
      asked.forEach(ProcessHandle::destroyForcibly);
      asked.forEach(p -> p.onExit().join());
    }
  }

  private void put(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  private String text(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  private void recorded(String promise, String record) throws Exception {
    put("state/epoch", GuardStartTest.epochText("my1", promise, record, GuardStartTest.machine()));
  }

  private void start() throws IOException {
    process =
        new ProcessBuilder(
                "bash", "-c", ". " + folder.resolve("guard") + " start " + folder.resolve("state"))
            .redirectErrorStream(true)
            .start();
  }

  private String ends() throws Exception {
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(folder.resolve("state/guard/waiting")).doesNotExist();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private void waits(String why) throws IOException {
    Path waiting = folder.resolve("state/guard/waiting");
    long end = System.nanoTime() + 20_000_000_000L;
    while (process.isAlive() && !Files.exists(waiting) && System.nanoTime() < end) {
      LockSupport.parkNanos(10_000_000);
    }
    assertThat(process.isAlive()).isTrue();
    assertThat(text("state/guard/waiting")).contains(why);
    assertThat(text("is").strip()).isEqualTo("closed");
    assertThat(text("asked")).doesNotContain("start replica");
  }

  @Test
  void theRecordedLeaderIsOpenedAndCommitsWaitBefore() throws Exception {
    recorded("7 op-7 closed", MY1);
    start();
    assertThat(ends()).contains("my1 takes writes: 1 of 1 voters know of no other leader");
    String asked = text("asked");
    assertThat(asked.indexOf("rpl_semi_sync_source_enabled = 1"))
        .isPositive()
        .isLessThan(asked.indexOf("set global super_read_only = 0"));
    // A restart is no new epoch.
    assertThat(asked).doesNotContain("insert into replctl.epoch");
  }

  @Test
  void whatCommitsAreToWaitForMustBeKnown() throws Exception {
    put("state/semi-sync", "needed some\n");
    recorded("7 op-7 closed", MY1);
    start();
    waits("state/semi-sync does not say what commits are to wait for");
  }

  @Test
  void oneThatAnotherSucceededStaysClosed() throws Exception {
    recorded("7 op-7 closed", MY2);
    start();
    assertThat(ends()).contains("my1 stays closed: epoch 7 has the leader my2");
    assertThat(text("is").strip()).isEqualTo("closed");
  }

  @Test
  void aFollowerReceives() throws Exception {
    put("channels", "1");
    recorded("7 op-7 closed", MY2);
    start();
    assertThat(ends()).contains("my1 receives: it is a follower");
    assertThat(text("asked")).contains("start replica");
    assertThat(text("is").strip()).isEqualTo("closed");
  }

  /** It was stopped while another took the lead; my3 leads by now. */
  @ParameterizedTest
  @CsvSource({
    // whom it is set to receive from, the newest record's closed nodes, by its own file
    "my2, '\"my2\":\"handed-over\"', true",
    "my3, '\"my2\":\"handed-over\"', true",
    // one that it cascades from
    "my4, '\"my2\":\"handed-over\"', true",
    // what has no such name here
    "elsewhere, '\"my2\":\"handed-over\"', true",
    "my2, '\"my2\":\"power\"', false",
    "my2, '\"my2\":\"stopped\"', false",
    "my4, '\"my2\":\"stopped\",\"my4\":\"stopped\"', false",
  })
  void oneThatWasStoppedMeanwhileReceivesFromNoOldLeader(
      String source, String closed, boolean receives) throws Exception {
    put("channels", "1");
    put("source", source + " 3306");
    put(
        "state/guard/conf",
        text("state/guard/conf")
            .replace(
                "end\n",
                "peer my2 nobody 1 my2\npeer my3 nobody 1 my3\npeer my4 nobody 1 my4\nend\n"));
    recorded(
        "7 op-7 closed",
        "7 my3 {\"epoch\":7,\"leader\":\"my3\",\"voters\":[\"my1\"],\"closed\":{" + closed + "}}");
    start();

    if (receives) {
      assertThat(ends()).contains("my1 receives: it is a follower");
    } else {
      waits("moved it is set to receive from " + source + ", and my3 leads since epoch 7");
    }
    assertThat(text("asked").contains("source_host = 'my3', source_port = 3306"))
        .isEqualTo(source.equals("my2") && receives);
    assertThat(text("asked").contains("start replica")).isEqualTo(receives);
  }

  @Test
  void aFollowerThatAnOperationHasStoppedDoesNotReceive() throws Exception {
    put("channels", "1");
    put("state/frozen", "operation op-8\n");
    recorded("7 op-7 closed", MY2);
    start();
    assertThat(ends()).contains("my1 does not receive: an operation has stopped its receiving");
    assertThat(text("asked")).doesNotContain("start replica");
  }

  @Test
  void theRecordedLeaderThatIsSetToReceiveIsNeither() throws Exception {
    put("channels", "1");
    recorded("7 op-7 closed", MY1);
    start();
    waits("it is the recorded leader, and is still set to receive from another");
  }

  @Test
  void withoutAnyEpochItStaysClosed() throws Exception {
    start();
    waits("unmanaged no epoch is known here");
  }

  @Test
  void aServerThatDoesNotAnswerIsAskedAgain() throws Exception {
    put("silent", "");
    recorded("7 op-7 closed", MY1);
    start();
    waits("silent its own server does not answer");
    Files.delete(folder.resolve("silent"));
    assertThat(ends()).contains("my1 takes writes");
  }

  @Test
  void whileAnOperationHoldsTheNodeNothingIsDone() throws Exception {
    recorded("7 op-7 closed", MY1);
    Process holds =
        new ProcessBuilder("flock", folder.resolve("state/lock").toString(), "sleep", "60").start();
    try {
      long end = System.nanoTime() + 20_000_000_000L;
      while (!Files.exists(folder.resolve("state/lock")) && System.nanoTime() < end) {
        LockSupport.parkNanos(10_000_000);
      }
      start();
      waits("busy an operation is at work on this node");
    } finally {
      holds.descendants().forEach(ProcessHandle::destroyForcibly);
      holds.destroyForcibly();
    }
    assertThat(ends()).contains("my1 takes writes");
  }

  @Test
  void oneThatAnOperationOpensNeedsItNoMore() throws Exception {
    recorded("8 op-8 open", MY1);
    start();
    waits("operation op-8 is not over");
    put("is", "writable");
    assertThat(ends()).contains("my1 takes writes: it was opened");
  }
}
