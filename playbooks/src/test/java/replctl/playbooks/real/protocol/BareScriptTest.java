package replctl.playbooks.real.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Scripts are sent without their comments: they mean what they meant. */
class BareScriptTest {
  @Test
  void withoutItsCommentsEveryScriptIsTheSameToBash() throws Exception {
    StringBuilder whole = new StringBuilder();
    StringBuilder bare = new StringBuilder();
    for (Path script : scripts()) {
      String text = Files.readString(script);
      whole.append(text);
      ScriptFiles.addCode(bare, text);
    }
    assertThat(bare.length()).isLessThan(whole.length() * 9 / 10);
    assertThat(parsed(bare.toString())).isNotEmpty().isEqualTo(parsed(whole.toString()));
  }

  @Test
  void onlyWholeLinesThatAreCommentsAreLeftOut() {
    StringBuilder bare = new StringBuilder();
    ScriptFiles.addCode(bare, "# one\n  # two\n#\na=1 # three\nb='#4' c=${#a}\n#five\nd=2");
    assertThat(bare.toString()).isEqualTo("a=1 # three\nb='#4' c=${#a}\n#five\nd=2");
  }

  private static List<Path> scripts() throws Exception {
    URI folder =
        Objects.requireNonNull(ScriptFiles.class.getResource("/replctl/playbooks/script/lib.sh"))
            .toURI();
    try (Stream<Path> files = Files.walk(Path.of(folder).getParent())) {
      return files.filter(f -> f.toString().endsWith(".sh")).sorted().toList();
    }
  }

  /** As bash prints what it has read, without the empty lines; it runs nothing of it. */
  private static String parsed(String script) throws IOException, InterruptedException {
    Path file = Files.createTempFile("replctl", ".sh");
    try {
      Files.writeString(file, script);
      Process bash =
          new ProcessBuilder("bash", "--pretty-print", file.toString())
              .redirectErrorStream(true)
              .start();
      String printed = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(bash.waitFor()).isZero();
      return printed.lines().filter(l -> !l.isBlank()).collect(Collectors.joining("\n"));
    } finally {
      Files.delete(file);
    }
  }
}
