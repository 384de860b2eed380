package replctl.playbooks.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import replctl.inventory.NodeName;
import replctl.playbooks.decide.Health;
import replctl.playbooks.decide.Scene;
import replctl.playbooks.engine.Site;
import replctl.playbooks.engine.postgresql.PostgresqlEngine;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.snapshot.Lag;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.world.Value;

/** Who receives from whom after a change of leader, and who never leads. */
class CascadeTest {
  private static final NodeName PG1 = new NodeName("pg1");
  private static final NodeName PG2 = new NodeName("pg2");
  private static final NodeName PG3 = new NodeName("pg3");
  private static final PostgresqlEngine ENGINE = new PostgresqlEngine();

  private static Site site(Scene scene) {
    return new Site(scene.cluster(), scene.seen());
  }

  private static Plan switchover(Scene scene, NodeName to) {
    Decision decision =
        new Switchover(ENGINE).decide(scene.cluster(), scene.seen(), "op-9", Optional.of(to));
    assertThat(decision).isInstanceOf(Decision.Planned.class);
    return ((Decision.Planned) decision).plan();
  }

  private static String upstream(Plan plan, String follower) {
    Action.Run follow = (Action.Run) plan.step("follow-" + follower).orElseThrow().action();
    return ((Value.Text) follow.call().values().get("upstream_host")).text();
  }

  @Test
  void oneThatCascadesGoesOnToUnlessItsUpstreamIsLostOrLeads() {
    Site site = site(Scene.healthy().cascades("pg3", "pg2"));

    assertThat(new Cascade(site, PG1, List.of(PG2, PG3)).upstream(PG3)).isEqualTo(PG2);
    assertThat(new Cascade(site, PG1, List.of(PG2, PG3)).upstream(PG2)).isEqualTo(PG1);
    // pg2 leads, or is not among those who are told whom to follow.
    assertThat(new Cascade(site, PG2, List.of(PG1, PG3)).upstream(PG3)).isEqualTo(PG2);
    assertThat(new Cascade(site, PG1, List.of(PG3)).upstream(PG3)).isEqualTo(PG1);
  }

  @Test
  void theLogIsKeptWhereItIsReceivedFrom() {
    Site site = site(Scene.healthy().cascades("pg3", "pg2"));

    assertThat(
            new Cascade(site, PG1, List.of(PG2, PG3))
                .slots(ENGINE).stream()
                    .flatMap(lane -> lane.steps().stream())
                    .map(step -> step.name() + " on " + step.on().label()))
        .containsExactly("slot-pg2 on pg1", "slot-pg3 on pg2");
  }

  @Test
  void whoFollowsTheNextLeaderAlreadyIsToldSo() {
    Plan plan = switchover(Scene.healthy().cascades("pg3", "pg2"), PG2);

    assertThat(upstream(plan, "pg3")).isEqualTo("pg2.example.net");
  }

  /** pg2 leads and pg1 is to: pg3 is declared to receive from pg2, which will follow. */
  @Test
  void whoCascadesFromALeaderThatHandsOverStays() {
    Scene scene =
        Scene.healthy()
            .role("pg1", Role.FOLLOWER)
            .upstream("pg1", "pg2")
            .streaming("pg1", true)
            .lag("pg1", 0, Duration.ZERO, Lag.Cause.NONE)
            .role("pg2", Role.LEADER)
            .cascades("pg3", "pg2");

    Plan plan = switchover(scene, PG1);

    assertThat(upstream(plan, "pg3")).isEqualTo("pg2.example.net");
    assertThat(plan.step("slot-pg3")).isEmpty();
    assertThat(
            plan.phases()
                .get(plan.phases().size() - 1)
                .steps()
                .anyMatch(s -> s.name().equals("follow-pg3")))
        .isTrue();
    Action.Run drop = (Action.Run) plan.step("drop-slots").orElseThrow().action();
    assertThat(drop.call().values().get("slot")).isEqualTo(Value.of("replctl_pg1"));
  }

  @Test
  void whatADelayHoldsBackIsNoWarning() {
    Scene scene = Scene.healthy().lag("pg3", 1L << 40, Duration.ofMinutes(59), Lag.Cause.DELAY);
    assertThat(Health.of(scene.cluster(), scene.seen(), Scene.LEVELS).of(PG3)).isNotEmpty();

    scene.delayed("pg3", Duration.ofHours(1));

    assertThat(Health.of(scene.cluster(), scene.seen(), Scene.LEVELS).of(PG3)).isEmpty();
    scene.lag("pg3", 1L << 40, Duration.ofHours(2), Lag.Cause.DELAY);
    assertThat(Health.of(scene.cluster(), scene.seen(), Scene.LEVELS).of(PG3))
        .singleElement()
        .matches(finding -> finding.code().equals("lag-time"));
  }

  @Test
  void aDelayedFollowerIsKeptWhereItIsFullestAndNeverLeads() {
    Scene scene =
        Scene.healthy()
            .delayed("pg3", Duration.ofHours(1))
            .position("pg2", 1, 900)
            .position("pg3", 1, 1000);
    Fullest fullest = Fullest.of(scene.seen(), List.of(PG1), Optional.empty());

    assertThat(fullest.node()).isEqualTo(PG3);
    assertThat(fullest.has(PG2)).isFalse();
    assertThat(fullest.best(scene.cluster(), Optional.empty())).contains(PG2);
    assertThat(fullest.best(scene.cluster(), Optional.of(PG3))).isEmpty();
    LeaderRecord newest = scene.seen().epochs().newest().orElseThrow();
    assertThat(
            new FailoverRules(scene.cluster(), scene.seen(), newest)
                .candidate(Optional.of(PG3))
                .orElseThrow()
                .found())
        .isEqualTo("pg3 can't lead: it applies what it has only after 3600 s.");
    // It is told whom to follow, and nobody waits until it has applied what it holds back.
    Action.Run follow =
        (Action.Run)
            switchover(scene.position("pg2", 1, 1000), PG2)
                .step("follow-pg3")
                .orElseThrow()
                .action();
    assertThat(follow.call().values()).containsAllEntriesOf(Map.of("delayed", Value.of("yes")));
  }
}
