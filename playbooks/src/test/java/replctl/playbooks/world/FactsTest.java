package replctl.playbooks.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What hosts say is text of any kind. */
class FactsTest {
  @ParameterizedTest
  @CsvSource({"0, 0", "2, 2", "3, 3", "4, 3", "9223372036854775807, 3", "-1, 0", "x, 0", "'', 0"})
  void noMoreEntriesAreReadThanThereAreFacts(String said, int read) {
    Facts facts = Facts.of(Map.of("slot.count", said, "slot.1.name", "a", "slot.2.name", "b"));

    assertThat(facts.count("slot")).isEqualTo(read);
    assertThat(facts.count("disk")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1e3", "0x10", "9223372036854775808", " 1", "1.0", "NaN", "\u0661x"})
  void whatIsNoWholeNumberIsNone(String said) {
    assertThat(Facts.of(Map.of("n", said)).number("n")).isEqualTo(OptionalLong.empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Yes", "true", "1", "yes\n", "on"})
  void onlyYesAndNoAreTruths(String said) {
    assertThat(Facts.of(Map.of("t", said)).truth("t")).isEmpty();
  }
}
