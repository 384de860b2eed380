package replctl.playbooks.real.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnSessionTest {
  @TempDir Path folder;

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void leadsASessionOfItsOwnAndGetsItsWordsAsTheyAre() throws Exception {
    Process process =
        OwnSession.start(
            new ProcessBuilder(
                "/bin/sh", "-c", "ps -o sid= -p $$; printf '%s|' \"$@\"; cat", "sh", "a b", "*"));
    process.getOutputStream().write("told\n".getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();

    assertThat(output(process).strip()).isEqualTo(process.pid() + "\na b|*|told");
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void beginsAgainAfterACtrlCThatCameBeforeTheSessionWasItsOwn() throws Exception {
    Path hit = folder.resolve("hit");
    List<String> first =
        new ArrayList<>(
            List.of(
                "/bin/sh",
                "-c",
                "[ -e \"$0\" ] || { : >\"$0\"; kill -INT $$; }; exec \"$@\"",
                hit.toString()));
    first.addAll(OwnSession.FIRST);

    Process process =
        OwnSession.start(new ProcessBuilder("/bin/sh", "-c", "echo begun; exit 3"), first);

    assertThat(output(process)).isEqualTo("begun\n");
    assertThat(process.waitFor()).isEqualTo(3);
    assertThat(Files.exists(hit)).isTrue();
  }

  @Test
  void aProgramThatIsEndedAfterItsBeginningStaysEnded() throws Exception {
    Process process = OwnSession.start(new ProcessBuilder("/bin/sh", "-c", "kill -TERM $$"));

    assertThat(output(process)).isEmpty();
    assertThat(process.waitFor()).isEqualTo(143);
  }
}
