package replctl.playbooks.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import replctl.playbooks.world.Clock;

class RandomIdsTest {
  @Test
  void namesSortByTimeAndAreNeverTheSame() {
    List<String> names = new ArrayList<>();
    for (long millis : new long[] {0, 31, 32, 1_700_000_000_000L, 1_764_000_000_000L}) {
      names.add(new RandomIds(at(millis), new SecureRandom()).operation());
    }
    assertThat(names)
        .isSorted()
        .doesNotHaveDuplicates()
        .allMatch(n -> n.matches("op-[0-9a-z]{13}"));
    assertThat(new RandomIds(at(5), new SecureRandom()).operation())
        .isNotEqualTo(new RandomIds(at(5), new SecureRandom()).operation());
  }

  @Test
  void anInstantLiesBetweenWhatWasNamedBeforeAndSince() {
    RandomIds ids = new RandomIds(at(1_764_000_000_000L), new SecureRandom());
    String name = ids.operation();
    assertThat(ids.before(Instant.ofEpochMilli(1_764_000_000_000L))).isLessThan(name);
    assertThat(ids.before(Instant.ofEpochMilli(1_764_000_000_001L))).isGreaterThan(name);
  }

  private static Clock at(long millis) {
    return new Clock() {
      @Override
      public long nanos() {
        return 0;
      }

      @Override
      public Instant now() {
        return Instant.ofEpochMilli(millis);
      }
    };
  }
}
