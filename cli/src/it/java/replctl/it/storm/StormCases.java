package replctl.it.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A short storm of faults that come while something is done. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StormCases {
  /** When in a change of leader a fault comes. */
  private static final long SEED = 20261130;

  private Field field;

  /** Hosts with a cluster of an engine. */
  abstract Field open();

  @BeforeAll
  void setUp() {
    field = open();
    field.setUp();
  }

  @AfterAll
  void end() {
    if (field != null) {
      field.close();
    }
  }

  @Test
  void whatWasAcknowledgedIsKeptAndEachRoundEndsWithALeader() {
    try (Storm storm = Storm.over(field, SEED)) {
      for (Fault fault : List.of(Fault.TWO_OPERATORS, Fault.LEADER_THAWS, Fault.CANDIDATE_POWER)) {
        Round round = storm.round(fault);
        System.out.println(round.line());
        assertThat(round.wrong()).as(round.trace()).isEmpty();
      }
      Tally tally = Tally.of(field, SEED, storm);
      System.out.println(tally.table());
      assertThat(tally.good()).isTrue();
    }
    assertThat(field.tool().finished()).isTrue();
  }
}
