package replctl.playbooks.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.inventory.NodeName;

/** Which operation holds a cluster, by what its hosts remember. */
class EpochsTest {
  private static final List<NodeName> VOTERS =
      List.of(new NodeName("pg1"), new NodeName("pg2"), new NodeName("pg3"));

  private static EpochFile file(long promised, String operation, boolean open) {
    LeaderRecord leads =
        new LeaderRecord(
            1, "op-init", VOTERS.get(0), VOTERS, 1, List.of(), 0, new TreeMap<>(), List.of());
    return new EpochFile.Known(
        true, promised, operation, open, "bob@adm2", OptionalLong.empty(), Optional.of(leads));
  }

  private static Epochs epochs(EpochFile pg1, EpochFile pg2, EpochFile pg3) {
    return new Epochs(
        new TreeMap<>(Map.of(VOTERS.get(0), pg1, VOTERS.get(1), pg2, VOTERS.get(2), pg3)));
  }

  @Test
  void anOperationThatIsOverElsewhereIsOver() {
    Epochs seen = epochs(file(8, "op-a", false), file(8, "op-a", false), file(8, "op-a", true));

    assertThat(seen.open()).isEmpty();
    assertThat(seen.over()).containsExactly("op-a");
  }

  @Test
  void anOperationThatAMajorityHasForgottenIsOver() {
    Epochs seen = epochs(file(9, "op-b", false), file(9, "op-b", false), file(8, "op-a", true));

    assertThat(seen.open()).isEmpty();
    assertThat(seen.over()).containsExactly("op-a", "op-b");
  }

  /** A host that knows of a maintenance of one minute for so many seconds; less than 0: not. */
  private static EpochFile maintained(int knownSeconds) {
    LeaderRecord leads =
        ((EpochFile.Known) file(2, "op-m", false)).leader().orElseThrow().in(2, "op-m");
    Maintenance hands = new Maintenance("op-m", "bob@adm2", "", OptionalLong.of(60_000));
    boolean knows = knownSeconds >= 0;
    return new EpochFile.Known(
        true,
        2,
        "op-m",
        false,
        "bob@adm2",
        OptionalLong.empty(),
        Optional.of(knows ? leads.maintained(Optional.of(hands)) : leads.in(1, "op-init")),
        knows ? OptionalLong.of(knownSeconds * 1000L) : OptionalLong.empty());
  }

  /** Each host counts by its own clock; nobody's clock is compared with another's. */
  @ParameterizedTest
  @CsvSource({
    "10, 10, 10, true",
    "60, 10, 10, true",
    "60, 60, 10, false",
    "60, 60, 60, false",
    // Away when it began, told later, or not at all.
    "60, 10, -1, true",
    "60, 60, -1, false",
    "60, -1, -1, false",
    "59, -1, -1, true",
  })
  void maintenanceIsOverWhenMostThatKnowOfItFindSo(int pg1, int pg2, int pg3, boolean inForce) {
    Epochs seen = epochs(maintained(pg1), maintained(pg2), maintained(pg3));

    assertThat(seen.handsOff().isPresent()).isEqualTo(inForce);
    assertThat(seen.maintenance()).isPresent();
    assertThat(seen.maintained()).hasValue(Math.max(pg1, Math.max(pg2, pg3)) * 1000L);
  }

  @Test
  void oneHostThatHasPromisedSomethingNewerIsNotEnough() {
    Epochs seen = epochs(file(9, "op-b", false), file(8, "op-a", true), file(8, "op-a", true));

    assertThat(seen.open().map(EpochFile.Known::operation)).contains("op-a");
    assertThat(seen.over()).containsExactly("op-b");
  }
}
