package replctl.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import replctl.cli.Console;
import replctl.cli.InProcess;
import replctl.cli.InProcess.Result;
import replctl.cli.wiring.Backend;

class UsageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "verion|there is no verb verion. Did you mean version?",
        "version --outptu|there is no option --outptu. Did you mean --output?",
        "version -o xml|Invalid value for option '--output': expected table, wide, json,"
            + " yaml or name, found xml",
        "version --timeout 0|Invalid value for option '--timeout': expected a time such as"
            + " 500ms, 5s or 1m, found 0",
        "inventory|what of the inventory? validate, show, schema or import",
      })
  void sayWhatWasExpected(String line, String found) {
    Result result = InProcess.plain().run(line.split(" "));

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("replctl: " + found + "\nNext: replctl ");
  }

  @Test
  void withoutAVerbHelpIsPointedTo() {
    Result result = InProcess.plain().run();

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).isEqualTo("replctl: a verb is missing\nNext: replctl --help\n");
  }

  @Test
  void errorsAreDataWhereDataWasAskedFor() {
    Result result = InProcess.plain().run("-o", "json", "statsu");

    assertThat(result.err())
        .startsWith("{\n  \"apiVersion\": \"replctl/v1\",\n  \"kind\": \"Error\"");
  }

  @Test
  void helpNamesEveryVerbAndBuildsNone() {
    Result result = InProcess.plain().run("--help");

    assertThat(result.code()).isZero();
    assertThat(Verbs.ALL)
        .filteredOn(e -> e.group() != Verbs.Group.HIDDEN)
        .allSatisfy(e -> assertThat(result.out()).contains("\n  " + e.name() + " "));
    CommandLine bare = CommandTree.chosen(List.of("--help"), nowhere(), Backend.real()).line();
    assertThat(bare.getSubcommands()).isEmpty();
  }

  @Test
  void everyVerbHasHelpThatFits() {
    for (Verbs.Entry entry : Verbs.ALL) {
      Result result = InProcess.plain().run(entry.name(), "--help");

      assertThat(result.code()).as(entry.name()).isZero();
      assertThat(result.out()).startsWith(entry.summary() + "\n");
      assertThat(result.out().lines()).allMatch(l -> l.length() <= 100);
      assertThat(InProcess.plain().run("help", entry.name()).out()).isEqualTo(result.out());
    }
  }

  private static Console nowhere() {
    return Console.of(
        java.io.OutputStream.nullOutputStream(),
        java.io.OutputStream.nullOutputStream(),
        java.util.Map.of());
  }
}
