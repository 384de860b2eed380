package replctl.playbooks.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
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

  @Test
  void oneHostThatHasPromisedSomethingNewerIsNotEnough() {
    Epochs seen = epochs(file(9, "op-b", false), file(8, "op-a", true), file(8, "op-a", true));

    assertThat(seen.open().map(EpochFile.Known::operation)).contains("op-a");
    assertThat(seen.over()).containsExactly("op-b");
  }
}
