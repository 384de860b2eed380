package replctl.playbooks.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What lies between two places, counted in one thing or another. */
class GapTest {
  @Test
  void whatIsNotCountedIsWithinNoLimitButAny() {
    assertThat(Gap.UNKNOWN.within(Gap.ANY)).isTrue();
    assertThat(Gap.UNKNOWN.within(Gap.ANY - 1)).isFalse();
    assertThat(Gap.ofTransactions(1).within(Gap.ANY - 1)).isFalse();
    assertThat(Gap.ofTransactions(0).within(0)).isTrue();
    assertThat(Gap.ofBytes(7).within(7)).isTrue();
    assertThat(Gap.ofBytes(8).within(7)).isFalse();
    assertThat(Gap.ofBytes(-8).within(0)).isTrue();
  }

  @Test
  void theSmallestComesFirstAndWhatIsNotKnownLast() {
    List<Gap> gaps =
        new ArrayList<>(
            List.of(Gap.UNKNOWN, Gap.ofTransactions(3), Gap.ofBytes(9), Gap.ofTransactions(2)));
    gaps.add(Gap.NONE);
    gaps.sort(null);

    assertThat(gaps)
        .containsExactly(
            Gap.NONE, Gap.ofBytes(9), Gap.ofTransactions(2), Gap.ofTransactions(3), Gap.UNKNOWN);
  }

  @Test
  void itIsSaidInWhatItIsCounted() {
    assertThat(Gap.ofTransactions(1).words()).isEqualTo("1 transaction");
    assertThat(Gap.ofTransactions(12).words()).isEqualTo("12 transactions");
    assertThat(Gap.ofBytes(2048).words()).isEqualTo("2.0 KiB");
    assertThat(Gap.UNKNOWN.words()).isEmpty();
  }
}
