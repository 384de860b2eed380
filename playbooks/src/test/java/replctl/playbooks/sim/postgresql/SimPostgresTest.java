package replctl.playbooks.sim.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import replctl.inventory.Replication;
import replctl.playbooks.sim.SimTime;
import replctl.playbooks.sim.Violation;

/** The simulated server does what PostgreSQL was seen to do. */
class SimPostgresTest {
  private static PostgresScene scene(int nodes, Replication.Mode mode) {
    return PostgresScene.running(7, true, nodes, PostgresScene.mode(mode, 1));
  }

  private static void pass(PostgresScene scene, long millis) {
    scene.world().time().pass(millis * SimTime.MS);
  }

  @Test
  void followersStreamAndWritesAreAcknowledged() {
    for (Replication.Mode mode : Replication.Mode.values()) {
      PostgresScene scene = scene(3, mode);
      pass(scene, 1_000);
      SimPostgres leader = scene.server("pg1");
      assertThat(leader.open()).isTrue();
      assertThat(scene.server("pg2").follows(leader)).isTrue();
      assertThat(scene.server("pg3").follows(leader)).isTrue();
      assertThat(scene.world().clients().missing(leader)).isEmpty();
      assertThat(scene.world().clients().acknowledged()).isGreaterThan(12);
    }
  }

  @Test
  void aFrozenAckerHoldsWritesUpOnlyWhereItIsNeeded() {
    PostgresScene one = scene(3, Replication.Mode.SEMI_SYNC);
    one.world().host(one.server("pg2").host().name()).freeze(true);
    int before = one.world().clients().acknowledged();
    pass(one, 1_000);
    assertThat(one.world().clients().acknowledged()).isGreaterThan(before + 12);

    PostgresScene all = scene(3, Replication.Mode.SYNC);
    all.server("pg2").freeze(true);
    pass(all, 50);
    int held = all.world().clients().acknowledged();
    pass(all, 1_000);
    assertThat(all.world().clients().acknowledged()).isEqualTo(held);
    assertThat(all.server("pg1").waitingCommits()).isGreaterThan(12);
  }

  @Test
  void aFastStopSendsTheShutdownCheckpointToEveryFollower() {
    PostgresScene scene = scene(3, Replication.Mode.ASYNC);
    scene.server("pg1").stopFast();
    pass(scene, 400);
    assertThat(scene.server("pg1").process()).isEqualTo(SimPostgres.Processes.NONE);
    assertThat(scene.server("pg1").control().state()).isEqualTo("shut down");
    assertThat(scene.server("pg2").replayedTo())
        .isGreaterThan(scene.server("pg1").control().checkpoint());
  }

  @Test
  void aFastStopWaitsForAFrozenFollowerUntilTheSendersTimeout() {
    PostgresScene scene = scene(3, Replication.Mode.ASYNC);
    scene.server("pg3").freeze(true);
    pass(scene, 200);
    scene.server("pg1").stopFast();
    pass(scene, 50_000);
    assertThat(scene.server("pg1").process()).isEqualTo(SimPostgres.Processes.STOPPING);
    assertThat(scene.server("pg1").control().state()).isEqualTo("shut down");
    pass(scene, 12_000);
    assertThat(scene.server("pg1").process()).isEqualTo(SimPostgres.Processes.NONE);
  }

  @Test
  void aLeaderThatHasMoreThanThePromotedOneCannotFollowIt() {
    PostgresScene scene = scene(2, Replication.Mode.ASYNC);
    SimPostgres old = scene.server("pg1");
    SimPostgres candidate = scene.server("pg2");
    candidate.receiver().disconnect();
    candidate.freeze(true);
    pass(scene, 100);
    old.stopImmediate();
    candidate.freeze(false);
    candidate.promote();
    pass(scene, 4_000);
    assertThat(candidate.open()).isTrue();
    assertThat(candidate.wal().timeline()).isEqualTo(2);
    assertThat(scene.world().clients().missing(candidate)).isNotEmpty();
    old.standbySignal(true);
    old.config().auto().put("primary_conninfo", PostgresScene.conninfo("pg2", "pg1"));
    old.start(1);
    pass(scene, 3_000);
    assertThat(old.receiver().streaming()).isFalse();
    assertThat(old.receiver().trouble()).contains("not a child of this server's history");
  }

  @Test
  void aCleanHandOverLetsTheOldLeaderFollow() {
    PostgresScene scene = scene(3, Replication.Mode.ASYNC);
    SimPostgres old = scene.server("pg1");
    SimPostgres candidate = scene.server("pg2");
    old.stopFast();
    pass(scene, 500);
    candidate.promote();
    pass(scene, 4_000);
    old.standbySignal(true);
    old.config().auto().put("primary_conninfo", PostgresScene.conninfo("pg2", "pg1"));
    old.start(1);
    SimPostgres third = scene.server("pg3");
    third.config().auto().put("primary_conninfo", PostgresScene.conninfo("pg2", "pg3"));
    third.config().auto().put("primary_slot_name", "");
    third.reload();
    pass(scene, 3_000);
    assertThat(old.follows(candidate)).isTrue();
    assertThat(third.follows(candidate)).isTrue();
    assertThat(scene.world().clients().missing(candidate)).isEmpty();
    assertThat(third.wal().history()).startsWith("1\t0/");
  }

  @Test
  void twoOpenServersAreFoundAtOnce() {
    PostgresScene scene = scene(2, Replication.Mode.ASYNC);
    scene.server("pg2").promote();
    assertThatThrownBy(() -> pass(scene, 4_000))
        .isInstanceOf(Violation.class)
        .hasMessageContaining("pg1, pg2");
  }

  @Test
  void theSameTimelineTwiceIsBelievedByTheServersAndFoundByTheWorld() {
    PostgresScene scene = scene(3, Replication.Mode.ASYNC);
    scene.server("pg1").stopImmediate();
    pass(scene, 20);
    scene.server("pg2").promote();
    pass(scene, 4_000);
    scene.server("pg2").stopImmediate();
    scene.server("pg3").promote();
    pass(scene, 4_000);
    SimPostgres two = scene.server("pg2");
    SimPostgres three = scene.server("pg3");
    assertThat(two.wal().timeline()).isEqualTo(three.wal().timeline());
    two.standbySignal(true);
    two.config().auto().put("primary_conninfo", PostgresScene.conninfo("pg3", "pg2"));
    two.config().auto().put("primary_slot_name", "");
    two.start(1);
    pass(scene, 3_000);
    assertThat(two.receiver().streaming()).isTrue();
    assertThat(two.divergesUnnoticed(three)).isTrue();
  }
}
