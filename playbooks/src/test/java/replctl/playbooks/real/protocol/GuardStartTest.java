package replctl.playbooks.real.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The start guard of a node on this machine, with the files that it would find. */
class GuardStartTest {
  private static final String PG1 = "{\"epoch\":7,\"leader\":\"pg1\",\"voters\":[\"pg1\"]}";
  private static final String PG2 = "{\"epoch\":8,\"leader\":\"pg2\",\"voters\":[\"pg1\",\"pg2\"]}";

  @TempDir private Path folder;
  private Process process;

  @BeforeEach
  void place() throws IOException {
    Files.createDirectories(folder.resolve("state/guard"));
    Files.createDirectory(folder.resolve("data"));
    Files.writeString(folder.resolve("guard"), GuardFiles.script().text());
    conf("");
  }

  @AfterEach
  void end() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  private void conf(String peers) throws IOException {
    Files.writeString(
        folder.resolve("state/guard/conf"),
        "replctl-guard 1\ncluster shop\nnode pg1\nengine postgresql\nbin /nowhere\ndata "
            + folder.resolve("data")
            + "\nport 1\nsocket /nowhere\n"
            + peers
            + "end\n");
  }

  private void epoch(String promise, String record, String machine) throws Exception {
    Files.writeString(folder.resolve("state/epoch"), epochText("pg1", promise, record, machine));
  }

  /** An epoch file as an operation would have left it. */
  static String epochText(String node, String promise, String record, String machine)
      throws Exception {
    String text =
        "replctl-epoch 1\ncluster shop\nnode "
            + node
            + "\nmachine "
            + machine
            + "\nvotes yes\npromise "
            + promise
            + "\nholder alice\nrecord "
            + record
            + "\n";
    byte[] sum = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return text + "sum " + HexFormat.of().formatHex(sum) + "\n";
  }

  static String machine() throws IOException {
    Path file = Path.of("/etc/machine-id");
    return Files.isReadable(file) ? Files.readString(file).strip() : "none";
  }

  private void start() throws IOException {
    process =
        new ProcessBuilder(
                "bash",
                "-c",
                ". " + folder.resolve("guard") + " start " + folder.resolve("state") + "; exit 1")
            .redirectErrorStream(true)
            .start();
  }

  private String passes() throws Exception {
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }

  private void waits(String why) throws IOException {
    Path waiting = folder.resolve("state/guard/waiting");
    long end = System.nanoTime() + 20_000_000_000L;
    while (process.isAlive() && !Files.exists(waiting) && System.nanoTime() < end) {
      LockSupport.parkNanos(10_000_000);
    }
    assertThat(process.isAlive()).isTrue();
    assertThat(Files.readString(waiting)).contains(why);
    assertThat(signal()).doesNotExist();
  }

  private Path signal() {
    return folder.resolve("data/standby.signal");
  }

  @Test
  void aNodeThatNoEpochIsKnownOfStarts() throws Exception {
    start();
    assertThat(passes()).contains("pg1 starts: no epoch is known here");
    assertThat(signal()).doesNotExist();
  }

  @Test
  void theOnlyVoterStarts() throws Exception {
    epoch("7 op-7 closed", "7 pg1 " + PG1, machine());
    start();
    assertThat(passes()).contains("pg1 starts: 1 of 1 voters");
    assertThat(signal()).doesNotExist();
  }

  @Test
  void oneThatAnotherNodeSucceededStartsAsAFollower() throws Exception {
    epoch("8 op-8 closed", "8 pg2 " + PG2, machine());
    start();
    assertThat(passes())
        .contains("pg1 starts read-only: epoch 8 has the leader pg2, by pg1's word");
    assertThat(signal()).isRegularFile();
  }

  @ParameterizedTest
  @CsvSource({
    "foreign, comes from another machine",
    "cut, is cut off",
    "changed, its sum differs",
    "empty, is empty",
    "folder, is not a plain file",
    "lost, 'it has no epoch file, and epochs are in use'",
  })
  void aFileThatCanNotBeBelievedKeepsItClosed(String how, String why) throws Exception {
    epoch("7 op-7 closed", "7 pg1 " + PG1, how.equals("foreign") ? "0123" : machine());
    Path file = folder.resolve("state/epoch");
    String text = Files.readString(file);
    switch (how) {
      case "cut" -> Files.writeString(file, text.substring(0, text.length() - 10));
      case "changed" -> Files.writeString(file, text.replace("closed", "open"));
      case "empty" -> Files.writeString(file, "");
      case "folder" -> {
        Files.delete(file);
        Files.createDirectory(file);
      }
      case "lost" -> {
        Files.delete(file);
        Files.writeString(folder.resolve("state/guard/managed"), "");
      }
      default -> {}
    }
    start();
    waits(why);
  }

  @Test
  void withoutItsOwnSettingsItWaits() throws Exception {
    Files.delete(folder.resolve("state/guard/conf"));
    start();
    waits("guard/conf is missing or not whole");
    conf("");
    passes();
  }

  @Test
  void whileItWaitsItSeesAMarkerWithinTwoSeconds() throws Exception {
    epoch("7 op-7 open", "7 pg1 " + PG1, machine());
    start();
    waits("operation op-7 is not over");
    long from = System.nanoTime();
    Files.writeString(folder.resolve("state/fenced"), "8 op-8\n");
    assertThat(passes()).contains("pg1 starts read-only: it was fenced");
    assertThat(System.nanoTime() - from).isLessThan(2_000_000_000L);
    assertThat(signal()).isRegularFile();
  }

  @ParameterizedTest
  @CsvSource({
    "8 op-8 BOOT 99999999999999, starts",
    "7 op-7 BOOT 99999999999999, another operation's",
    "8 op-8 other-boot 99999999999999, of another boot",
    "8 op-8 BOOT 1, too late",
  })
  void anOperationLetsItStartOnlyUnderTheNewestPromiseAndAtOnce(String permit, String what)
      throws Exception {
    epoch("8 op-8 open", "7 pg1 " + PG1, machine());
    String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    Files.writeString(folder.resolve("state/guard/permit"), permit.replace("BOOT", boot) + "\n");
    start();
    if (what.equals("starts")) {
      assertThat(passes()).contains("pg1 starts: operation op-8 starts it");
    } else {
      waits("operation op-8 is not over");
    }
  }

  /** On a witness there is no server to tell of, and none to be started. */
  @Test
  void aWitnessTellsOfItsFileAndStartsNothing() throws Exception {
    Files.writeString(
        folder.resolve("state/guard/conf"),
        "replctl-guard 1\ncluster shop\nnode pg1\nengine none\nend\n");
    epoch("7 op-7 closed", "7 pg1 " + PG1, machine());
    Process answer =
        new ProcessBuilder(
                "bash",
                folder.resolve("guard").toString(),
                "answer",
                folder.resolve("state").toString())
            .redirectErrorStream(true)
            .start();
    assertThat(new String(answer.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("replctl-answer 1\nfile read\npromise 7 op-7 closed\nrecord 7 pg1 pg1\nend\n");
    assertThat(answer.waitFor()).isZero();
    start();
    waits("guard/conf is missing or not whole");
  }

  @Test
  void aWitnessThatIsNotReachedHasNoVote() throws Exception {
    conf("witness w1 nobody 1 127.0.0.1\n");
    epoch(
        "8 op-8 closed",
        "8 pg1 " + PG2.replace("\"leader\":\"pg2\"", "\"leader\":\"pg1\"").replace("pg2", "w1"),
        machine());
    start();
    waits("1 of 2 voters, and 2 are needed; without: w1 (");
  }

  /** Nothing listens at port 1 of this machine. */
  @Test
  void aPeerThatIsNotReachedHasNoVote() throws Exception {
    conf("peer pg2 nobody 1 127.0.0.1\n");
    epoch(
        "8 op-8 closed",
        "8 pg1 " + PG2.replace("\"leader\":\"pg2\"", "\"leader\":\"pg1\""),
        machine());
    start();
    waits("1 of 2 voters, and 2 are needed; without: pg2 (");
  }

  /** By the answering program's text; what is not all of it counts for nothing, and says why. */
  @ParameterizedTest
  @CsvSource({
    "'replctl-answer 1|server recovery 2|file none|end|', 'peer pg2 server recovery 2|peer pg2 file none|'",
    "'replctl-answer 1|server recovery 2|file none|', 'peer pg2 silent its answer was cut off|'",
    "'replctl-answer 1|', 'peer pg2 silent its answer was cut off|'",
    "'replctl-answer 1|file none|end|', 'peer pg2 silent it answers as no node does|'",
    "'', 'peer pg2 silent no answer in 2 s|'",
    "'hello|postgres@pg2: Permission denied (publickey).|', 'peer pg2 silent postgres@pg2: Permission denied (publickey).|'",
    "'denied: it refuses this node|', 'peer pg2 silent denied: it refuses this node|'",
  })
  void whatAPeerSaysCountsWholeOrNotAtAll(String said, String understood) throws Exception {
    ProcessBuilder bash =
        new ProcessBuilder(
                "bash",
                "-c",
                "set -- verdict; . "
                    + folder.resolve("guard")
                    + " <<< 'node pg1' > /dev/null; answer_lines pg2 \"$SAID\"; printf %s \"$REPLY\"")
            .redirectErrorStream(true);
    bash.environment().put("SAID", said.replace('|', '\n'));
    Process answer = bash.start();
    assertThat(new String(answer.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(understood.replace('|', '\n'));
    assertThat(answer.waitFor()).isZero();
  }
}
