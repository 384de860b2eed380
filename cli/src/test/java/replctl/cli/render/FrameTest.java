package replctl.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import replctl.cli.Extent;

class FrameTest {
  private static List<String> lines(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> "line " + i).toList();
  }

  @Test
  void whatFitsIsLeftAlone() {
    assertThat(Frame.of(lines(11), new Extent.Size(80, 12))).isEqualTo(lines(11));
  }

  @Test
  void whereNothingIsKnownOfTheTerminalAllIsShown() {
    assertThat(Frame.of(lines(500), Extent.Size.UNKNOWN)).isEqualTo(lines(500));
  }

  @Test
  void theMiddleGoesAndIsCounted() {
    assertThat(Frame.of(lines(200), new Extent.Size(80, 9)))
        .containsExactly(
            "line 1",
            "line 2",
            "line 3",
            "line 4",
            "(and 193 more lines: a taller window)",
            "line 198",
            "line 199",
            "line 200");
  }

  @Test
  void aLineTakesTheRowsThatItIsBrokenInto() {
    String painted = "\u001b[31m" + "x".repeat(20) + "\u001b[0m";
    assertThat(Frame.of(List.of(painted, painted, painted), new Extent.Size(20, 4))).hasSize(3);
    assertThat(Frame.of(List.of(painted, painted, painted), new Extent.Size(19, 6)))
        .containsExactly(painted, "(and 1 more line: a taller window)", painted);
    assertThat(Frame.of(List.of("日本語日本", "b", "c"), new Extent.Size(9, 4)))
        .containsExactly("(and 2 more lines: a taller window)", "c");
  }

  @Property
  void nothingIsEverMovedOutOfTheTop(
      @ForAll @Size(max = 40) List<@IntRange(max = 100) Integer> widths,
      @ForAll @IntRange(min = 40, max = 90) int columns,
      @ForAll @IntRange(min = 2, max = 30) int rows) {
    List<String> lines = widths.stream().map("x"::repeat).toList();

    List<String> shown = Frame.of(lines, new Extent.Size(columns, rows));

    int taken =
        shown.stream().mapToInt(l -> Math.max(1, -Math.floorDiv(-l.length(), columns))).sum();
    assertThat(taken).isLessThan(rows);
  }
}
