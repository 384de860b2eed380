package replctl.playbooks.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Histories are written as `TIMELINE@ADDRESS,...`: who was left where. */
class PartingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      textBlock =
          """
          # node | its history | leader | its history     | fork  | own                              | branched
          1      | ''          | 1      | ''              | ''    | ''                               | false
          1      | ''          | 2      | 1@0/50          | 0/50  | '1 0/50 -'                       | false
          2      | 1@0/50      | 2      | 1@0/50          | ''    | ''                               | false
          2      | 1@0/50      | 3      | 1@0/50,2@0/90   | 0/90  | '2 0/90 -'                       | false
          1      | ''          | 3      | 1@0/50,2@0/90   | 0/50  | '1 0/50 -'                       | false
          2      | 1@0/60      | 3      | 1@0/50          | 0/50  | '1 0/50 0/60;2 0/60 -'           | true
          2      | 1@0/40      | 3      | 1@0/50          | 0/40  | '2 0/40 -'                       | true
          2      | 1@0/50      | 3      | 1@0/50          | 0/50  | '2 0/50 -'                       | true
          2      | 1@0/50      | 1      | ''              | 0/50  | '2 0/50 -'                       | true
          2      | 1@0/40      | 2      | 1@0/50          | 0/40  | '2 0/40 -'                       | true
          2      | 1@0/60      | 2      | 1@0/50          | 0/50  | '1 0/50 0/60;2 0/60 -'           | true
          4      | 1@0/50,2@0/70,3@0/80 | 5 | 1@0/50,2@0/90 | 0/70 | '3 0/70 0/80;4 0/80 -'          | true
          """)
  void historiesPartWhereTheyDiffer(
      long node,
      String history,
      long leader,
      String leaders,
      String fork,
      String own,
      boolean branched) {
    Parting parting =
        Parting.of(node, history(node, history), leader, history(leader, leaders)).orElseThrow();

    assertThat(parting.fork().map(Lsn::toString).orElse("")).isEqualTo(fork);
    assertThat(parting.scan().replace('\n', ';')).isEqualTo(own);
    assertThat(parting.branched()).isEqualTo(branched);
  }

  @Test
  void aTimelineWithoutAFileIsKnownByTheLeadersFile() {
    assertThat(Parting.of(2, TimelineHistory.UNKNOWN, 3, history(3, "1@0/50,2@0/90")))
        .contains(
            Parting.of(2, history(2, "1@0/50"), 3, history(3, "1@0/50,2@0/90")).orElseThrow());
    assertThat(Parting.of(4, TimelineHistory.UNKNOWN, 3, history(3, "1@0/50"))).isEmpty();
    assertThat(Parting.of(1, history(1, ""), 3, TimelineHistory.UNKNOWN)).isEmpty();
  }

  /** Whoever is on the leader's own past has nothing before the place where that was left. */
  @Property
  void anAncestorPartsWhereItWasLeft(
      @ForAll @IntRange(min = 2, max = 9) int leader,
      @ForAll @IntRange(min = 1, max = 8) int back) {
    StringBuilder leaders = new StringBuilder();
    StringBuilder nodes = new StringBuilder();
    int node = Math.max(1, leader - back);
    for (int timeline = 1; timeline < leader; timeline++) {
      String fork = timeline + "@0/" + timeline + "0,";
      leaders.append(fork);
      nodes.append(timeline < node ? fork : "");
    }
    Parting parting =
        Parting.of(
                node, history(node, nodes.toString()), leader, history(leader, leaders.toString()))
            .orElseThrow();

    assertThat(parting.branched()).isFalse();
    assertThat(parting.fork().map(Lsn::toString)).contains("0/" + node + "0");
  }

  private static TimelineHistory history(long timeline, String text) {
    StringBuilder file = new StringBuilder();
    for (String fork : text.split(",")) {
      if (!fork.isEmpty()) {
        file.append(fork.replace('@', '\t')).append("\tno recovery target specified\n");
      }
    }
    return TimelineHistory.parse(timeline, Optional.of(file.toString()).filter(t -> !t.isEmpty()));
  }
}
