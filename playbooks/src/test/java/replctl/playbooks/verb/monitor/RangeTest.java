package replctl.playbooks.verb.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges as the guidelines of monitoring plugins have them. */
class RangeTest {
  @ParameterizedTest
  @CsvSource({
    "10, -1, true",
    "10, 0, false",
    "10, 10, false",
    "10, 10.001, true",
    "10:, 9, true",
    "10:, 10, false",
    "10:, 99999999999, false",
    "~:10, -5, false",
    "~:10, 11, true",
    "10:20, 9, true",
    "10:20, 15, false",
    "10:20, 21, true",
    "@10:20, 9, false",
    "@10:20, 10, true",
    "@10:20, 20, true",
    "@10:20, 21, false",
    "1m, 61, true",
    "1m, 60, false",
    "500ms, 0.6, true",
  })
  void sayWhatIsOutside(String text, String value, boolean alerts) {
    assertThat(Gauge.LAG.range(text).orElseThrow().alerts(new BigDecimal(value))).isEqualTo(alerts);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "@", ":", "~", "x", "10:5", "10:20:30", "1e3", "-", "5 parsecs", "~10"})
  void whatIsNoneIsRefused(String text) {
    assertThat(Gauge.LAG.range(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "30, 30",
    "30:, 30:",
    "~:30, ~:30",
    "0:30, 30",
    "@1:2, @1:2",
    "0:, 0:",
    "-5:5, -5:5",
    "1.5, 1.5"
  })
  void areWrittenShort(String text, String written) {
    assertThat(Gauge.LAG.range(text).orElseThrow().text()).isEqualTo(written);
  }

  @Test
  void endsHaveTheUnitsOfWhatTheyAreOf() {
    assertThat(Gauge.LAG_BYTES.range("1MiB").orElseThrow().text()).isEqualTo("1048576");
    assertThat(Gauge.DISK.range("90%").orElseThrow().text()).isEqualTo("90");
    assertThat(Gauge.CERTIFICATE.range("14d:").orElseThrow().text()).isEqualTo("1209600:");
    assertThat(Gauge.DISK.range("1MiB")).isEmpty();
    assertThat(Gauge.LAG.range("1MiB")).isEmpty();
  }
}
