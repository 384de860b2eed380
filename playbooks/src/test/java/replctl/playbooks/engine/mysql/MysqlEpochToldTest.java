package replctl.playbooks.engine.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What open.sh has a server write that its start guard has opened meanwhile. In the place of
 * MySQL's client something keeps what it is sent, and answers.
 */
class MysqlEpochToldTest {
  private static final Path SCRIPTS = Path.of("src/main/resources/replctl/playbooks/script/mysql");

  @TempDir Path data;

  @Test
  void theRowIsWrittenInTheSessionThatWasOpenedForIt() throws Exception {
    String script =
        """
        declare -A V=([data_directory]=$1 [state_directory]=$1 [node_name]=my2 [operation]=op-1 [promise]=7)
        MODE=perform
        . "$2/lib.sh"; . "$2/part/open.sh"; . "$2/open.sh"
        fail() { echo "failed: $*"; exit 1; }
        client() {
          local line
          while read -r line; do
            case $line in
              'select "replctl-end-'*) line=${line#*\\"}; echo "${line%\\"*}" ;;
              "select 'here';") echo here ;;
              *) echo "$line" >>"$DATA/typed" ;;
            esac
          done
        }
        tell_epoch
        """;
    Process bash =
        new ProcessBuilder(
                "bash", "-uc", script, "bash", data.toString(), SCRIPTS.toAbsolutePath().toString())
            .redirectErrorStream(true)
            .start();
    bash.getOutputStream().close();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(bash.waitFor()).as(said).isZero();
    assertThat(said).isEmpty();
    assertThat(Files.readString(data.resolve("typed")))
        .contains("insert into replctl.epoch", "values (7, 'my2', 'op-1', @@server_uuid")
        .doesNotContain("here");
  }
}
