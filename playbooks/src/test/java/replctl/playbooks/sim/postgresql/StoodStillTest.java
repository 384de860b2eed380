package replctl.playbooks.sim.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.postgresql.PostgresqlEngine;
import replctl.playbooks.observe.Observer;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Step;
import replctl.playbooks.sim.SimTime;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Decision;
import replctl.playbooks.verb.Failover;

/** A follower that was told to stand still, and then does not say what it has. */
class StoodStillTest {
  private static final Engine ENGINE = new PostgresqlEngine();
  private static final Failover FAILOVER = new Failover(ENGINE);

  private static Snapshot look(PostgresScene scene) {
    return Observer.look(scene.world().process(), ENGINE, scene.cluster(), Duration.ofSeconds(5));
  }

  private static PostgresScene lost(int acks) {
    PostgresScene scene =
        PostgresScene.running(1, false, 3, PostgresScene.mode(Replication.Mode.SEMI_SYNC, acks));
    scene.world().host(new NodeName("pg1")).freeze(true);
    scene.world().time().pass(20 * SimTime.SECOND);
    return scene;
  }

  private static Plan secured(PostgresScene scene) {
    return secured(scene, OptionalLong.empty());
  }

  private static Plan secured(PostgresScene scene, OptionalLong acceptLoss) {
    Failover.Options options =
        new Failover.Options(
            Optional.empty(), Optional.empty(), Map.of(), acceptLoss, Optional.empty());
    return ((Decision.Planned)
            FAILOVER.secure(scene.cluster(), look(scene), "op-failover", options))
        .plan();
  }

  private static Decision next(PostgresScene scene, Plan secured) {
    return FAILOVER.promote(scene.cluster(), look(scene), secured, Map.of());
  }

  @Test
  void oneWhoseHostIsSilentIsToBeRejoined() {
    PostgresScene scene = lost(2);
    Plan secured = secured(scene);
    scene.world().host(new NodeName("pg3")).freeze(true);

    Plan plan = ((Decision.Planned) next(scene, secured)).plan();

    assertThat(plan.steps().map(Step::name)).contains("promote-pg2").doesNotContain("repoint-pg3");
    assertThat(plan.warnings())
        .contains(
            "pg3 was told to stand still, and does not answer any more (frozen: its host takes a"
                + " connection and says nothing (pg3 says nothing)); when it does: replctl rejoin"
                + " pg3");
  }

  @Test
  void soIsOneWhoseServerIsSilent() {
    PostgresScene scene = lost(2);
    Plan secured = secured(scene);
    scene.server("pg3").stopFast();

    Plan plan = ((Decision.Planned) next(scene, secured)).plan();

    assertThat(plan.warnings())
        .contains(
            "pg3 was told to stand still, and its server does not say any more what it has; when"
                + " it does: replctl rejoin pg3");
  }

  @Test
  void whereNoneOfThemSaysWhatItHasNobodyLeadsYet() {
    PostgresScene scene = lost(2);
    Plan secured = secured(scene, OptionalLong.of(Long.MAX_VALUE));
    scene.server("pg2").stopFast();
    scene.world().host(new NodeName("pg3")).freeze(true);

    Refusal no = ((Decision.Refused) next(scene, secured)).refusal();

    assertThat(no.code()).isEqualTo(Refusal.Code.E_CANDIDATE_01);
    assertThat(no.found())
        .isEqualTo("none of those that may lead and were told to stand still says what it has.");
    assertThat(no.next())
        .containsExactly(
            "replctl candidates shop, then: replctl op resume op-failover",
            "or take the old leader back: replctl op abort op-failover, replctl unfence pg1,"
                + " replctl open pg1");
  }

  @Test
  void whereItMayHaveWhatWasAcknowledgedNobodyLeadsYet() {
    PostgresScene scene = lost(1);
    Plan secured = secured(scene);
    scene.server("pg3").stopFast();

    Refusal no = ((Decision.Refused) next(scene, secured)).refusal();

    assertThat(no.code()).isEqualTo(Refusal.Code.E_LOSS_01);
    assertThat(no.unchanged())
        .isEqualTo("pg1 is closed, its followers stand still, and nobody was promoted.");
    assertThat(no.next())
        .containsExactly(
            "bring pg3 back: what is missing may be there, then: replctl op resume op-failover",
            "replctl op abort op-failover, then: replctl failover shop --accept-loss any",
            "or take the old leader back: replctl op abort op-failover, replctl unfence pg1,"
                + " replctl open pg1");
  }
}
