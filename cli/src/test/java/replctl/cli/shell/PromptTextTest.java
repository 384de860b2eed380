package replctl.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import replctl.cli.render.Shop;
import replctl.cli.render.Span;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Snapshot;

class PromptTextTest {
  private static String prompt(Optional<Snapshot> seen, int seconds) {
    return PromptText.of(
            Optional.of("shop"),
            seen.map(s -> Glimpse.of(Shop.CLUSTER, s)),
            Duration.ofSeconds(seconds))
        .stream()
        .map(Span::text)
        .collect(Collectors.joining());
  }

  private static Optional<Snapshot> nodes(NodeView... nodes) {
    return Optional.of(new Snapshot(Instant.EPOCH, List.of(nodes)));
  }

  @Test
  void saysWhoLeadsTheWorstLagAndTheEpoch() {
    Snapshot all =
        Shop.owing().of(List.of(Shop.leader("pg1"), Shop.keepingUp("pg2"), Shop.lagging("pg3")));

    assertThat(prompt(Optional.of(all), 0)).isEqualTo("shop pg1 lag 1.4 s epoch 8 OWED:pg4> ");
  }

  @Test
  void nobodyBehindIsNoBytes() {
    assertThat(prompt(nodes(Shop.leader("pg1"), Shop.keepingUp("pg2")), 0))
        .isEqualTo("shop pg1 lag 0 B epoch ?> ");
  }

  @Test
  void whatIsNotKnownIsAQuestionMark() {
    assertThat(prompt(Optional.empty(), 0)).isEqualTo("shop ? lag ? epoch ?> ");
    assertThat(prompt(nodes(Shop.silent("pg1"), Shop.keepingUp("pg2")), 0))
        .isEqualTo("shop ? lag ? epoch ?> ");
    // One follower that says nothing may be behind by anything.
    assertThat(prompt(Optional.of(Shop.SEEN), 0)).isEqualTo("shop pg1 lag ? epoch ?> ");
  }

  @Test
  void twoThatTakeWritesAreBothNamed() {
    assertThat(prompt(nodes(Shop.leader("pg1"), Shop.leader("pg2")), 0))
        .startsWith("shop SPLIT:pg1,pg2 ");
  }

  @Test
  void whatIsOldSaysHowOld() {
    Optional<Snapshot> seen = nodes(Shop.leader("pg1"), Shop.keepingUp("pg2"));

    assertThat(prompt(seen, 15)).doesNotContain("old");
    assertThat(prompt(seen, 41)).isEqualTo("shop pg1 lag 0 B epoch ? (41 s old)> ");
  }

  @Test
  void withoutAClusterItIsReplctls() {
    assertThat(PromptText.of(Optional.empty(), Optional.empty(), Duration.ZERO))
        .containsExactly(Span.of("replctl> "));
  }
}
