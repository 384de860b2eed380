package replctl.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisibleTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "plain text|plain text",
        "`\u001b[2J`|`\\x1b[2J`",
        "`\u001b]0;title\u0007`|`\\x1b]0;title\\x07`",
        "`a\nb\tc\rd`|`a\\nb\\tc\\rd`",
        "`\u009b31m`|`\\x9b31m`",
        "`\u007f`|`\\x7f`",
        "`\u202eevil`|`\\u202eevil`",
        "`zero\u200bwidth`|`zero\\u200bwidth`",
        "`\ud800`|`\\ud800`",
        "`Zürich 東京 😀`|`Zürich 東京 😀`",
      })
  void showsWhatATerminalWouldObey(String text, String shown) {
    assertThat(Visible.of(text)).isEqualTo(shown);
    assertThat(Span.of(text).text()).isEqualTo(shown);
  }

  @Property
  void leavesNothingThatATerminalObeys(@ForAll String text) {
    assertThat(Visible.of(text).codePoints().noneMatch(Visible::hidden)).isTrue();
  }
}
