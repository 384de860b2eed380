package replctl.playbooks.engine.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How the scripts call MySQL's clients. */
class MysqlClientsTest {
  private static final Path SCRIPTS = Path.of("src/main/resources/replctl/playbooks/script");

  /** A client that is called with something; a path alone is only looked at. */
  private static final Pattern CALL =
      Pattern.compile("(\"\\$CLIENT\"|/mysqlbinlog\"|/mysqldump\"|/mysqladmin\") +-");

  private static List<String> calls() throws IOException {
    List<String> calls = new ArrayList<>();
    try (Stream<Path> files = Files.walk(SCRIPTS)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".sh")).toList()) {
        Files.readAllLines(file).stream().filter(l -> CALL.matcher(l).find()).forEach(calls::add);
      }
    }
    return calls;
  }

  /** The first option decides which files are read; a server may ask for a file where it is let. */
  @Test
  void noClientReadsOptionsOrSendsFiles() throws IOException {
    List<String> calls = calls();

    assertThat(calls).hasSizeGreaterThan(5);
    assertThat(calls)
        .allMatch(
            call -> call.matches(".*(CLIENT|mysqlbinlog)\" +--(no-defaults|defaults-file=<).*"))
        .noneMatch(call -> call.matches(".*local[-_]infile.*|.*enable-cleartext.*"));
  }
}
