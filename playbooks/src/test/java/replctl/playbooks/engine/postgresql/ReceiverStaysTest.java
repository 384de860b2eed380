package replctl.playbooks.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When follow.sh takes a node for one that streams: by how its receiver looks, look by look. */
class ReceiverStaysTest {
  private static final Path SCRIPTS = Path.of("src/main/resources/replctl/playbooks/script");

  /** Each look is a word: the receiver's process, or a dash where there is none; the last stays. */
  private static String performed(String start, String looks, String patience) throws Exception {
    String script =
        """
        declare -A V=([conninfo]=c [slot]=s [start]=$2 [upstream_host]=pg3 [upstream_port]=5432
          [patience]=$4 [state_directory]=/nowhere)
        MODE=perform LOOKS=($3)
        . "$1/server.sh"; . "$1/postgresql/follow.sh"
        fail() { echo "$*"; exit; }
        server_pid() { :; }
        closing() { return 1; }
        pointing() { REPLY=""; }
        asked() { REPLY=t; }
        state_now() {
          REPLY="t|c|s|streaming pg3 5432|${LOOKS[0]}"
          [ "${LOOKS[0]}" != - ] || REPLY="t|c|s||"
          [ "${#LOOKS[@]}" = 1 ] || LOOKS=("${LOOKS[@]:1}")
        }
        perform && echo done
        """;
    Process bash =
        new ProcessBuilder(
                "bash",
                "-uc",
                script,
                "bash",
                SCRIPTS.toAbsolutePath().toString(),
                start,
                looks,
                patience)
            .redirectErrorStream(true)
            .start();
    bash.getOutputStream().close();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(said).isZero();
    return said.strip();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no    | 7           | done",
        "no    | - - 7       | done",
        "no    | 7 7 7 -     | after 1 s its receiver is not running",
        "no    | 7 7 7 8     | done",
        "later | 7 7 7 -     | done",
        "later | 7 8 -       | after 1 s its receiver is not running",
      })
  void itStaysTheSame(String start, String looks, String said) throws Exception {
    // Who is to stream in the end has the time that a busy machine takes for its looks.
    String patience = said.equals("done") ? "30" : "1";
    assertThat(performed(start, looks, patience)).isEqualTo(said);
  }
}
