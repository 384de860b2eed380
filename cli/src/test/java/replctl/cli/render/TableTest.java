package replctl.cli.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  private static Table nodes() {
    return new Table()
        .column("NODE")
        .column("REGION")
        .numbers("LAG")
        .row("pg1", "", "0 B")
        .row(
            List.of(Span.of("pg22"), Span.of(""), new Span("3.2 MiB", Tone.WARN)),
            List.of(Span.of("replay waits for a query of pid 812")));
  }

  @Test
  void alignsColumnsAndLeavesOutEmptyOnes() {
    assertThat(Rendered.plain(nodes()::print))
        .isEqualTo(
            """
            NODE      LAG
            pg1       0 B
            pg22  3.2 MiB
                  replay waits for a query of pid 812
            """);
  }

  @Test
  void keepsColumnsThatMustBeThere() {
    Table table = new Table().always("SYNC").column("X").row("", "");

    assertThat(Rendered.plain(table::print)).isEqualTo("SYNC\n\n");
  }

  @Test
  void countsWideAndCombiningCharacters() {
    Table table = new Table().column("A").column("B").row("東京", "x").row("e\u0301", "y");

    assertThat(Rendered.plain(table::print)).isEqualTo("A     B\n東京  x\ne\u0301     y\n");
  }

  @Test
  void cutsTheWidestColumnToFitATerminal() {
    Table table =
        new Table().column("NODE").column("HOST").row("pg1", "a-rather-long-name.example.net");

    assertThat(Rendered.with(new Lines.Look(false, false, true, 20), table::print))
        .isEqualTo("NODE  HOST\npg1   a-rather-long…\n");
    assertThat(Rendered.with(new Lines.Look(false, false, false, 20), table::print))
        .isEqualTo("NODE  HOST\npg1   a-rather-long~\n");
  }

  @Test
  void paintsOnlyTheText() {
    assertThat(Rendered.with(new Lines.Look(false, true, true, 0), nodes()::print))
        .contains("pg22  \u001b[33m3.2 MiB\u001b[0m\n");
  }

  @Test
  void refusesARowThatDoesNotFit() {
    assertThatThrownBy(() -> nodes().row("x")).isInstanceOf(IllegalArgumentException.class);
  }
}
