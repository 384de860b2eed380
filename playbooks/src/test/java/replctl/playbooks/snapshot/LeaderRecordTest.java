package replctl.playbooks.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.inventory.NodeName;

/** Whether what is written down of a write's copies says enough of others, too. */
class LeaderRecordTest {
  private static LeaderRecord waiting(int acks, String ackers) {
    List<NodeName> names = Stream.of(ackers.split(" ")).map(NodeName::new).toList();
    return new LeaderRecord(
        1, "op-a", new NodeName("n1"), names, 1, names, acks, new TreeMap<>(), List.of());
  }

  @ParameterizedTest
  @CsvSource({
    // The same, and fewer of the same.
    "1, n2 n3, 1, n2 n3, true",
    "2, n2 n3, 1, n2 n3, true",
    // More of them: one of them may lack it.
    "1, n2 n3, 2, n2 n3, false",
    "0, n2 n3, 1, n2 n3, false",
    // One more who may have it.
    "1, n2, 1, n2 n3, true",
    // One less: it may have been the one who has it.
    "1, n2 n3, 1, n2, false",
    "2, n2 n3, 1, n2, true",
    "2, n2 n3 n4, 2, n2 n3, false",
    // Nothing is said.
    "1, n2 n3, 0, n4, true",
  })
  void aWriteIsOnAsManyOfTheOthers(
      int acks, String ackers, int others, String otherAckers, boolean said) {
    assertThat(waiting(acks, ackers).vouchesFor(waiting(others, otherAckers))).isEqualTo(said);
  }
}
