package replctl.playbooks.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import replctl.inventory.NodeName;

/** A leader record as it lies on the hosts. */
class RecordJsonTest {
  private static final NodeName PG1 = new NodeName("pg1");
  private static final NodeName PG2 = new NodeName("pg2");

  private static final LeaderRecord PLAIN =
      new LeaderRecord(
          7,
          "op-7",
          PG1,
          List.of(PG1, PG2),
          3,
          List.of(PG2),
          1,
          new TreeMap<>(Map.of(PG2, "power")),
          List.of(PG2));

  @Test
  void whatIsNotThereIsNotWritten() {
    assertThat(RecordJson.text(PLAIN))
        .isEqualTo(
            "{\"epoch\":7,\"operation\":\"op-7\",\"leader\":\"pg1\",\"voters\":[\"pg1\",\"pg2\"],"
                + "\"votersVersion\":3,\"ackers\":[\"pg2\"],\"acks\":1,\"closed\":{\"pg2\":\"power\"},"
                + "\"debts\":[\"pg2\"]}");
    assertThat(RecordJson.read(RecordJson.text(PLAIN))).contains(PLAIN);
  }

  @Test
  void allOfItComesBackAsOneLine() {
    LeaderRecord full =
        PLAIN
            .lowering(Optional.of(new Lowered(1, "ann@ops1")))
            .maintained(
                Optional.of(
                    new Maintenance(
                        "op-8", "bob", "new \"disks\"\nin rack 4", OptionalLong.of(7_200_000))))
            .next();

    assertThat(RecordJson.text(full)).doesNotContain("\n");
    assertThat(RecordJson.read(RecordJson.text(full))).contains(full);
    assertThat(full.again().revision()).isZero();
  }

  @Test
  void theLaterOfTwoOfOneEpochIsTheNewest() {
    EpochFile first = known(PLAIN);
    EpochFile second = known(PLAIN.next().awaiting(List.of(), 0));

    assertThat(new Epochs(new TreeMap<>(Map.of(PG1, second, PG2, first))).newest())
        .contains(PLAIN.next().awaiting(List.of(), 0));
  }

  private static EpochFile known(LeaderRecord record) {
    return new EpochFile.Known(
        true, 7, "op-7", false, "ann", OptionalLong.empty(), Optional.of(record));
  }
}
