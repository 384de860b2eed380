package replctl.cli.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import replctl.playbooks.real.ssh.Rehearsal;

/** Training goes all of the way over SSH: else the archive would lack it, and nobody would know. */
class TrainingTest {
  @TempDir Path folder;

  @Test
  void aLookOverSshShowsWhatTheHostsOfTheRehearsalSay() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Rehearsal hosts = Rehearsal.open(folder, Training.facts())) {
      assertEquals(0, new Training(folder).run("status -c rehearsal", hosts, out));
    }
    String shown = out.toString(StandardCharsets.UTF_8);
    assertTrue(
        shown.startsWith("rehearsal   postgresql 17.12   semi-sync, 1 ack   epoch 1   healthy\n"),
        shown);
    assertTrue(shown.contains("\nn1    leader    writable   0/504FB18 "), shown);
    assertTrue(shown.contains("2.8 KiB received and not applied yet"), shown);
  }

  @Test
  void theShellIsRehearsedUpToItsPrompt() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Rehearsal hosts = Rehearsal.open(folder, Training.facts())) {
      assertEquals(0, new Training(folder).shell(hosts, out));
    }
    String shown = out.toString(StandardCharsets.UTF_8);
    assertTrue(shown.contains("rehearsal ? lag ? epoch ?> "), shown);
  }

  @Test
  void soDoesOneAtTheOtherEngine() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Rehearsal hosts = Rehearsal.open(folder, Training.facts())) {
      assertEquals(0, new Training(folder).run("status -c rehearsal-mysql", hosts, out));
    }
    String shown = out.toString(StandardCharsets.UTF_8);
    assertTrue(
        shown.startsWith("rehearsal-mysql   mysql 9.7.4   semi-sync, 1 ack   epoch 1   "), shown);
    assertTrue(shown.contains("\nn1    leader    writable"), shown);
    assertTrue(shown.contains("\nn2    follower  streaming"), shown);
  }

  @Test
  void aMonitorsLookIsRehearsedToItsEnd() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Rehearsal hosts = Rehearsal.open(folder, Training.facts())) {
      new Training(folder).run("check -c rehearsal --interval 1ms", hosts, out);
    }
    String shown = out.toString(StandardCharsets.UTF_8);
    assertTrue(shown.startsWith("REPLCTL WARNING - rehearsal: "), shown);
    assertTrue(shown.contains("\nWARNING apply: n"), shown);
  }
}
