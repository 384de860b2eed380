package replctl.playbooks.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import replctl.inventory.NodeName;
import replctl.playbooks.decide.Scene;
import replctl.playbooks.engine.postgresql.PostgresqlEngine;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.snapshot.Lag;
import replctl.playbooks.snapshot.Unready;

/** What is foretold of a switchover, and by what. */
class RehearsalTest {
  private static List<PastSwitchover> took(long... ms) {
    return LongStream.of(ms)
        .mapToObj(
            each ->
                new PastSwitchover(
                    "op-" + each,
                    Instant.EPOCH,
                    new NodeName("pg1"),
                    new NodeName("pg2"),
                    Duration.ofMillis(each)))
        .toList();
  }

  @Test
  void whatPastOnesTookAndWhatIsNotAppliedYetAddUp() {
    Scene scene = Scene.healthy().lag("pg2", 3 << 20, Duration.ofMillis(400), Lag.Cause.APPLY);
    Rehearsal foreseen = foreseen(scene, took(230, 900, 210, 300));
    assertThat(foreseen.to()).isEqualTo(new NodeName("pg2"));
    assertThat(foreseen.pause())
        .contains(
            new Rehearsal.Pause(
                Duration.ofMillis(210), Duration.ofMillis(630), Duration.ofMillis(1300)));
    assertThat(foreseen.backlog()).contains(Duration.ofMillis(400));
    assertThat(foreseen.backlogBytes()).hasValue(3 << 20);
  }

  @Test
  void withoutAPastNothingIsForetold() {
    Rehearsal foreseen = foreseen(Scene.healthy(), List.of());
    assertThat(foreseen.pause()).isEqualTo(Optional.empty());
    assertThat(foreseen.giveUp()).isPositive();
  }

  @Test
  void onlyTheNewestCount() {
    long[] many = LongStream.rangeClosed(1, Rehearsal.MOST + 5L).toArray();
    assertThat(foreseen(Scene.healthy(), took(many)).past()).hasSize(Rehearsal.MOST);
  }

  @Test
  void whatASwitchoverRefusesIsRefused() {
    assertThat(refused(Scene.healthy().streaming("pg2", false), "pg2").code())
        .isEqualTo(Refusal.Code.E_CANDIDATE_01);
    assertThat(refused(Scene.healthy(), "pg1").found()).isEqualTo("pg1 leads already.");
  }

  private static Rehearsal foreseen(Scene scene, List<PastSwitchover> past) {
    Rehearsal.Course course = of(scene, Optional.of(new NodeName("pg2")), past);
    assertThat(course).isInstanceOf(Rehearsal.Course.Foreseen.class);
    return ((Rehearsal.Course.Foreseen) course).rehearsal();
  }

  private static Refusal refused(Scene scene, String to) {
    Rehearsal.Course course = of(scene, Optional.of(new NodeName(to)), List.of());
    assertThat(course).isInstanceOf(Rehearsal.Course.Refused.class);
    return ((Rehearsal.Course.Refused) course).refusal();
  }

  private static Rehearsal.Course of(
      Scene scene, Optional<NodeName> to, List<PastSwitchover> past) {
    return Rehearsal.of(
        new PostgresqlEngine(), scene.cluster(), scene.seen(), Unready.NOTHING, to, past);
  }
}
