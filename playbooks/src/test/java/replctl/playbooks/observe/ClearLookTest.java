package replctl.playbooks.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import replctl.playbooks.decide.Scene;
import replctl.playbooks.snapshot.Lag;
import replctl.playbooks.snapshot.Snapshot;

class ClearLookTest {
  private final Snapshot clear =
      Scene.healthy().lag("pg2", 0, Duration.ZERO, Lag.Cause.NONE).seen();
  private final Snapshot unclear = Scene.healthy().lagUnknown("pg2").seen();

  @Test
  void whatIsClearIsLookedAtOnce() {
    Deque<Snapshot> looks = looks(clear, unclear);
    assertThat(look(looks)).isSameAs(clear);
    assertThat(looks).hasSize(1);
  }

  @Test
  void whatIsNotIsLookedAtUntilItIs() {
    Deque<Snapshot> looks = looks(unclear, unclear, clear, unclear);
    assertThat(look(looks)).isSameAs(clear);
    assertThat(looks).hasSize(1);
  }

  @Test
  void andNotForEver() {
    Deque<Snapshot> looks = looks(unclear, unclear, unclear, unclear, clear);
    assertThat(look(looks)).isSameAs(unclear);
    assertThat(looks).containsExactly(clear);
  }

  private static Deque<Snapshot> looks(Snapshot... looks) {
    return new ArrayDeque<>(List.of(looks));
  }

  private static Snapshot look(Deque<Snapshot> looks) {
    return ClearLook.look(looks::remove, ClearLookTest::isUnclear);
  }

  private static boolean isUnclear(Snapshot seen) {
    Optional<OptionalLong> bytes =
        seen.nodes().stream()
            .filter(n -> n.name().value().equals("pg2"))
            .flatMap(n -> n.server().stream())
            .map(s -> s.lag().bytes())
            .findFirst();
    return bytes.orElseThrow().isEmpty();
  }
}
