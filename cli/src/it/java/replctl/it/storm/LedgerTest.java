package replctl.it.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import replctl.it.probe.Attempt;
import replctl.it.probe.Attempt.Outcome;

/** The checkers of a storm find what they are there for. */
class LedgerTest {
  private final Ledger ledger = new Ledger();

  @Test
  void anAcknowledgedRowThatIsNotThereIsMissingWhatWasNotIsNot() {
    add(1, "a", 10, 20, Outcome.OK);
    add(2, "a", 30, 40, Outcome.UNKNOWN);
    add(3, "b", 50, 60, Outcome.FAIL);
    add(4, "b", 70, 80, Outcome.OK);
    assertThat(ledger.missing(0, 4, Set.of(1L, 4L))).isEmpty();
    assertThat(ledger.missing(0, 4, Set.of(4L, 2L))).containsExactly(1L);
    assertThat(ledger.missing(1, 4, Set.of(4L, 2L))).isEmpty();
    assertThat(ledger.newest()).isEqualTo(4);
  }

  @Test
  void twoNodesThatAcknowledgeAtOnceOverlap() {
    add(1, "a", 0, 10, Outcome.OK);
    add(2, "b", 12, 20, Outcome.OK);
    add(3, "a", 50, 60, Outcome.OK);
    add(4, "b", 80, 90, Outcome.OK);
    // a was surely open from 10 to 50, b from 20 to 80.
    assertThat(ledger.overlap()).isEqualTo(30);
  }

  @Test
  void oneThatWasRefusedBetweenDoesNot() {
    add(1, "a", 0, 10, Outcome.OK);
    add(2, "a", 20, 30, Outcome.OK);
    add(3, "a", 31, 32, Outcome.FAIL);
    add(4, "b", 40, 50, Outcome.OK);
    add(5, "b", 60, 70, Outcome.OK);
    add(6, "b", 71, 72, Outcome.UNKNOWN);
    add(7, "a", 80, 90, Outcome.OK);
    add(8, "a", 100, 110, Outcome.OK);
    assertThat(ledger.overlap()).isZero();
  }

  @Test
  void theGapIsTheLongestBetweenAcknowledgementsOfAnyNodes() {
    add(1, "a", 0, 10, Outcome.OK);
    add(2, "a", 20, 30, Outcome.OK);
    int from = ledger.size();
    assertThat(ledger.gap(from)).isZero();
    add(3, "a", 40, 50, Outcome.OK);
    add(4, "b", 60, 65, Outcome.FAIL);
    add(5, "b", 90, 100, Outcome.OK);
    add(6, "b", 101, 110, Outcome.OK);
    assertThat(ledger.gap(from)).isEqualTo(50);
    assertThat(ledger.count(from, Outcome.OK)).isEqualTo(3);
  }

  private void add(long id, String node, long invoked, long ended, Outcome outcome) {
    ledger.add(new Attempt(id, node, invoked, ended, outcome));
  }
}
