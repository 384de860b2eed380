package replctl.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 s",
    "4, 0.00 s",
    "120, 0.12 s",
    "1400, 1.4 s",
    "41000, 41 s",
    "119999, 119 s",
    "200000, 3 min 20 s",
    "180000, 3 min",
    "18120000, 5 h 2 min",
    "18000000, 5 h",
    "345600000, 4 d"
  })
  void saysTimes(long millis, String text) {
    assertThat(Units.time(Duration.ofMillis(millis))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 B", "3355443, 3.2 MiB", "-1024, -1.0 KiB"})
  void saysBytes(long bytes, String text) {
    assertThat(Units.bytes(bytes)).isEqualTo(text);
  }
}
