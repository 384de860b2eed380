package replctl.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import replctl.cli.Extent;

class TerminalSizeTest {
  @Test
  void rowsStandBeforeColumns() {
    assertThat(TerminalSize.of("50 120")).contains(new Extent.Size(120, 50));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "50",
        "50 x",
        "stty: standard input: Inappropriate ioctl",
        "1 999999",
        "999999 1"
      })
  void whatIsNoSizeIsNone(String printed) {
    assertThat(TerminalSize.of(printed)).isEmpty();
  }
}
