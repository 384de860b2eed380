package replctl.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import replctl.cli.Console;
import replctl.cli.command.CommandTree;
import replctl.cli.wiring.Backend;

class SettledTest {
  private final CommandLine model =
      CommandTree.whole(
              Console.of(
                  OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), Map.of()),
              Backend.real())
          .line();

  private Settled started(String line) {
    return Settled.of(model.parseArgs(line.split(" ")));
  }

  @ParameterizedTest
  @CsvSource({
    "status, -c shop status",
    "status --watch, -c shop status --watch",
    // What a line says itself goes before.
    "status blog, status blog",
    "status -c blog, status -c blog",
    "-c blog status, -c blog status",
    "rejoin blog/my1, rejoin blog/my1",
    "rejoin pg1, -c shop rejoin pg1",
    "op resume op-1, -c shop op resume op-1",
    // What is wrong is refused as it was typed.
    "statsu, statsu"
  })
  void addsWhatALineDoesNotSay(String line, String whole) {
    Settled settled = started("status").using("shop");

    assertThat(settled.around(model, List.of(line.split(" "))))
        .isEqualTo(List.of(whole.replaceFirst("^-c shop", "--cluster shop").split(" ")));
  }

  @Test
  void keepsTheOptionsOfTheStartButNobodysYes() {
    Settled settled = started("-i a.yaml --timeout 9s shell -y -o wide");

    assertThat(settled.options())
        .isEqualTo(
            Map.of(
                "--inventory", List.of("--inventory", "a.yaml"),
                "--timeout", List.of("--timeout", "9s"),
                "--output", List.of("--output", "wide")));
    assertThat(settled.inventory()).contains("a.yaml");
    assertThat(settled.around(model, List.of("lag", "-o", "json")))
        .containsExactlyInAnyOrder("--inventory", "a.yaml", "--timeout", "9s", "lag", "-o", "json");
  }

  @Test
  void setChangesOne() {
    Settled settled = started("--timeout 9s shell").with(started("--timeout 2s"));

    assertThat(settled.options()).isEqualTo(Map.of("--timeout", List.of("--timeout", "2s")));
  }
}
