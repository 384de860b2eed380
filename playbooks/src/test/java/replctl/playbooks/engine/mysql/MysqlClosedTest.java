package replctl.playbooks.engine.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whether a server comes up closed, by part/closed.sh. What my_print_defaults would print of the
 * files of options, one behind the other as they are included, is given.
 */
class MysqlClosedTest {
  private static final Path PART =
      Path.of("src/main/resources/replctl/playbooks/script/mysql/part/closed.sh");

  @TempDir Path data;

  private String comesUp(String printed) throws Exception {
    Files.writeString(data.resolve("mysql.ibd"), "");
    Files.writeString(data.resolve("printed"), printed.replace("\\n", "\n") + "\n");
    Process bash =
        new ProcessBuilder(
                "bash",
                "-uc",
                "my_print_defaults() { cat \"$DATA/printed\"; }; DATA=$1 SERVICE='' READS=();"
                    + " . \"$2\"; if comes_up_closed; then echo closed; else echo \"$WHY\"; fi",
                "bash",
                data.toString(),
                PART.toAbsolutePath().toString())
            .redirectErrorStream(true)
            .start();
    bash.getOutputStream().close();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).isZero();
    return said.strip();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--super_read_only=ON | closed",
        "--super-read-only | closed",
        "--loose-super_read_only=1\\n--port=3306 | closed",
        "--super_read_only=OFF\\n--super_read_only=ON | closed",
        "--super_read_only=ON\\n--super_read_only=OFF | the files of options say super_read_only = OFF",
        "--super_read_only=ON\\n--skip-super-read-only | the files of options say super_read_only = OFF",
        "--super_read_only=ON\\n--loose_super-read_only=0 | the files of options say super_read_only = 0",
        "--super_read_only=ON\\n--super_read_only=$(id) | the files of options say super_read_only = $(id)",
        "--read_only=ON | no file of options says super_read_only = ON",
      })
  void aLaterFileThatOpensItIsSeen(String printed, String said) throws Exception {
    assertThat(comesUp(printed)).isEqualTo(said);
  }

  @Test
  void soIsWhatWasPersisted() throws Exception {
    Files.writeString(
        data.resolve("mysqld-auto.cnf"),
        "{\"mysql_dynamic_variables\":{\"read_only\":{\"Value\":\"OFF\"}}}");

    assertThat(comesUp("--super_read_only=ON")).endsWith("read_only = OFF, by SET PERSIST");
  }
}
