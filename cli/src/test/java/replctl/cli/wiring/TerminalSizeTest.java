package replctl.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalSizeTest {
  @Test
  void theSecondNumberIsTheWidth() {
    assertThat(TerminalSize.columns("50 120")).isEqualTo(OptionalInt.of(120));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "50", "50 x", "stty: standard input: Inappropriate ioctl", "1 999999"})
  void whatIsNoSizeIsNone(String printed) {
    assertThat(TerminalSize.columns(printed)).isEmpty();
  }
}
