package replctl.playbooks.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.inventory.NodeName;
import replctl.playbooks.decide.Scene;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.snapshot.Gap;
import replctl.playbooks.snapshot.LeaderRecord;

/** How much may be lost, where an engine counts transactions and the limit counts bytes. */
class LossLimitTest {
  private static final LeaderRecord ASYNC =
      new LeaderRecord(
          7,
          "op-7",
          new NodeName("pg1"),
          List.of(new NodeName("pg1"), new NodeName("pg2"), new NodeName("pg3")),
          1,
          List.of(),
          0,
          new TreeMap<>(),
          List.of());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // what the fullest follower lacks of three transactions; the limit; how it is refused
        "0 | 0   | ",
        "0 | 100 | ",
        "1 | 0   | up to 1 transaction of pg1's, of how many bytes is not known, would be lost (limit max_loss 0).",
        "2 | 100 | up to 2 transactions of pg1's, of how many bytes is not known, would be lost (limit max_loss 100).",
        "2 | any | ",
      })
  void onlyNoneOrAnyIsDecidedByTransactions(int lacks, String limit, String refused) {
    Set<Integer> here = Set.copyOf(List.of(1, 2, 3).subList(0, 3 - lacks));
    Scene scene =
        Scene.healthy()
            .acks("pg1", Acks.NONE)
            .holds("pg1", Set.of(1, 2, 3))
            .holds("pg2", here)
            .holds("pg3", Set.of());
    OptionalLong most = OptionalLong.of(limit.equals("any") ? Gap.ANY : Long.parseLong(limit));

    Optional<Refusal> no = new FailoverRules(scene.cluster(), scene.seen(), ASYNC).loss(most);

    assertThat(no.map(Refusal::found)).isEqualTo(Optional.ofNullable(refused));
    no.ifPresent(
        r -> assertThat(r.next()).containsExactly("replctl failover shop --accept-loss any"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // what pg2 has; what pg3 has, which has strayed: either may have acknowledged alone
        "123 | 12  | ",
        "123 | 123 | ",
        "12  | 123 | an acknowledged write may be on pg3 only",
      })
  void whatOnlyOneHasThatStrayedIsNotKept(String two, String three, String refused) {
    Scene scene =
        Scene.healthy()
            .holds("pg1", Set.of(1, 2, 3))
            .holds("pg2", digits(two))
            .holds("pg3", digits(three), Set.of(9));
    LeaderRecord newest = ASYNC.awaiting(List.of(new NodeName("pg2"), new NodeName("pg3")), 1);

    Optional<Refusal> no =
        new FailoverRules(scene.cluster(), scene.seen(), newest).loss(OptionalLong.of(0));

    assertThat(no.isPresent()).isEqualTo(refused != null);
    no.ifPresent(r -> assertThat(r.found()).contains(refused));
  }

  private static Set<Integer> digits(String text) {
    return text.chars().mapToObj(c -> c - '0').collect(Collectors.toSet());
  }
}
