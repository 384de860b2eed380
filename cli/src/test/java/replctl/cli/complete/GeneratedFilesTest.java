package replctl.cli.complete;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import replctl.cli.Console;
import replctl.cli.command.CommandTree;
import replctl.cli.wiring.Backend;

/**
 * completions/ and man/ are what the commands make of them. To write them anew: {@code mvn test -pl
 * cli -am -Dgenerate=true -Dtest=GeneratedFilesTest -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class GeneratedFilesTest {
  /** Of the manual; raised with the version. */
  private static final String DATE = "November 24, 2026";

  private static final Path ROOT = Path.of(System.getProperty("replctl.root")).normalize();

  private static Map<String, String> made() throws IOException {
    CommandLine line =
        CommandTree.whole(
                Console.of(
                    OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), Map.of()),
                Backend.real())
            .line();
    CompletionScripts scripts = new CompletionScripts(line);
    Map<String, String> files = new TreeMap<>();
    files.put("completions/replctl.bash", scripts.bash());
    files.put("completions/_replctl", scripts.zsh());
    files.put("completions/replctl.fish", scripts.fish());
    String example = Files.readString(ROOT.resolve("inventory/examples/shop.yaml"));
    Manual.of(line, DATE, example).forEach((name, text) -> files.put("man/" + name, text));
    return files;
  }

  @Test
  void areThoseThatAreCheckedIn() throws IOException {
    Map<String, String> made = made();
    if (Boolean.getBoolean("replctl.generate")) {
      write(made);
    }

    assertThat(present()).isEqualTo(new TreeSet<>(made.keySet()));
    for (Map.Entry<String, String> file : made.entrySet()) {
      assertThat(Files.readString(ROOT.resolve(file.getKey())))
          .as("%s; write it anew with -Dgenerate=true", file.getKey())
          .isEqualTo(file.getValue());
    }
  }

  private static void write(Map<String, String> made) throws IOException {
    for (String stale : present()) {
      Files.delete(ROOT.resolve(stale));
    }
    for (Map.Entry<String, String> file : made.entrySet()) {
      Path path = ROOT.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }

  private static Set<String> present() throws IOException {
    Set<String> names = new TreeSet<>();
    for (String folder : new String[] {"completions", "man"}) {
      if (Files.isDirectory(ROOT.resolve(folder))) {
        try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
          files.forEach(f -> names.add(ROOT.relativize(f).toString()));
        }
      }
    }
    return names;
  }
}
