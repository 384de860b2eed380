package replctl.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.Writer;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.cli.Console;
import replctl.cli.Extent;

class ColourTest {
  @ParameterizedTest
  @CsvSource({
    "AUTO, true, , , , true",
    "AUTO, false, , , , false",
    "AUTO, true, 1, , , false",
    "AUTO, true, , dumb, , false",
    "AUTO, false, , , 1, true",
    "AUTO, false, , , 0, false",
    "AUTO, true, 1, , 1, false",
    "ALWAYS, false, 1, dumb, , true",
    "NEVER, true, , , 1, false"
  })
  void heedsWhatTheEnvironmentSays(
      Colour choice, boolean terminal, String noColor, String term, String forced, boolean on) {
    Map<String, String> environment = new TreeMap<>();
    put(environment, "NO_COLOR", noColor);
    put(environment, "TERM", term == null ? "xterm" : term);
    put(environment, "CLICOLOR_FORCE", forced);
    Console console =
        new Console(
            new PrintWriter(Writer.nullWriter()),
            new PrintWriter(Writer.nullWriter()),
            new BufferedReader(Reader.nullReader()),
            environment,
            new Console.Screen(false, terminal, terminal, new Extent.Size(80, 24)));

    assertThat(choice.on(console)).isEqualTo(on);
    assertThat(choice.onErr(console)).isEqualTo(on);
  }

  private static void put(Map<String, String> environment, String name, String value) {
    if (value != null) {
      environment.put(name, value);
    }
  }
}
