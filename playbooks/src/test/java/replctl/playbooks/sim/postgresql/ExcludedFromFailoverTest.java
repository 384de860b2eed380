package replctl.playbooks.sim.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.postgresql.PostgresqlEngine;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.observe.Observer;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Step;
import replctl.playbooks.sim.Drill;
import replctl.playbooks.sim.FailoverStage;
import replctl.playbooks.sim.SimHost;
import replctl.playbooks.sim.SimTime;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Decision;
import replctl.playbooks.verb.Failover;

/**
 * Followers that are none, and servers that do not say what they are: what a failover does then.
 */
class ExcludedFromFailoverTest {
  private static final Engine ENGINE = new PostgresqlEngine();
  private static final String FOREIGN = "7999999999999999999";

  private static PostgresScene running(int nodes) {
    return PostgresScene.running(
        1, false, nodes, PostgresScene.mode(Replication.Mode.SEMI_SYNC, 1));
  }

  private static void pass(PostgresScene scene, long seconds) {
    scene.world().time().pass(seconds * SimTime.SECOND);
  }

  private static void stranger(PostgresScene scene, boolean follows, String conninfo) {
    SimPostgres pg = scene.server("pg3");
    pg.stopFast();
    pass(scene, 5);
    pg.create(FOREIGN, false);
    pg.standbySignal(follows);
    pg.config().auto().put("primary_conninfo", conninfo);
    pg.config().auto().put("synchronous_standby_names", "");
    pg.start(1);
    pass(scene, 2);
  }

  /** pg3 was promoted by hand, and made a follower again. */
  private static void stray(PostgresScene scene) {
    SimPostgres pg = scene.server("pg3");
    SimPostgres leader = scene.server("pg1");
    leader.stopFast();
    pass(scene, 5);
    pg.promote();
    pass(scene, 5);
    pg.stopFast();
    pass(scene, 5);
    pg.standbySignal(true);
    pg.start(1);
    leader.start(1);
    pass(scene, 5);
  }

  private static Failover.Options losing(Optional<String> to, long bytes) {
    return new Failover.Options(
        to.map(NodeName::new),
        Optional.empty(),
        Map.of(),
        OptionalLong.of(bytes),
        Optional.empty());
  }

  private static Decision decide(PostgresScene scene, Failover.Options options) {
    Snapshot seen =
        Observer.look(scene.world().process(), ENGINE, scene.cluster(), Duration.ofSeconds(5));
    return new Failover(ENGINE).secure(scene.cluster(), seen, "op-failover", options);
  }

  private static Plan planned(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Planned.class);
    return ((Decision.Planned) decision).plan();
  }

  private static Refusal refused(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Refused.class);
    return ((Decision.Refused) decision).refusal();
  }

  private static List<String> steps(Decision decision) {
    return planned(decision).steps().map(Step::name).toList();
  }

  @Test
  void aServerOfAnotherClusterIsLeftOutAndNotTouched() {
    PostgresScene scene = running(4);
    stranger(scene, true, "");
    String[] before = new String[1];
    FailoverStage stage =
        new FailoverStage(
            scene,
            Optional.empty(),
            () -> {
              FailoverStage.freeze(scene);
              before[0] = server(scene);
            }) {
          @Override
          protected Failover.Options typed() {
            return losing(Optional.empty(), Long.MAX_VALUE);
          }
        };

    Drill.Report report = Drill.run(stage, Map.of(), Drill.Way.RESUME);

    assertThat(report.ending()).contains(Entry.Ending.DONE);
    assertThat(report.wrong()).isEmpty();
    assertThat(server(scene)).isEqualTo(before[0]);
    assertThat(scene.server("pg4").follows(scene.server("pg2"))).isTrue();
  }

  /** All of it but what the host itself keeps as a voter. */
  private static String server(PostgresScene scene) {
    SimPostgres pg = scene.server("pg3");
    return pg.systemId() + " " + pg.process() + " " + pg.wal().entries() + pg.config().text();
  }

  @Test
  void itIsNamedWithTheReasonAndItsLossIsCounted() {
    PostgresScene scene = running(3);
    stranger(scene, true, "");
    FailoverStage.freeze(scene);

    assertThat(planned(decide(scene, losing(Optional.empty(), Long.MAX_VALUE))).warnings())
        .contains(
            "pg3's data is of another cluster (identity 7999999999999999999, this one has"
                + " 7412345678901234567): it is left out, and not touched");
    assertThat(refused(decide(scene, losing(Optional.empty(), 0))).code())
        .isEqualTo(Refusal.Code.E_LOSS_01);
    assertThat(refused(decide(scene, losing(Optional.of("pg3"), Long.MAX_VALUE))).code())
        .isEqualTo(Refusal.Code.E_CANDIDATE_01);
  }

  @Test
  void oneThatTakesWritesVetoesNothing() {
    PostgresScene scene = running(3);
    scene.world().host(new NodeName("pg1")).powered(false);
    stranger(scene, false, "");
    pass(scene, 20);

    assertThat(steps(decide(scene, losing(Optional.empty(), Long.MAX_VALUE))))
        .containsExactly("fence-pg1", "freeze-pg2");
  }

  @Test
  void whereItCannotBeToldWhoseDataIsTheClustersNothingIsClosed() {
    PostgresScene scene = running(3);
    stranger(scene, true, PostgresScene.conninfo("pg1", "pg3"));
    FailoverStage.freeze(scene);

    Refusal no = refused(decide(scene, losing(Optional.empty(), Long.MAX_VALUE)));

    assertThat(no.code()).isEqualTo(Refusal.Code.E_CANDIDATE_01);
    assertThat(no.found())
        .isEqualTo(
            "the data of pg2 (identity 7412345678901234567), pg3 (identity 7999999999999999999) is"
                + " of different clusters, and pg1, which knows the right one, does not answer.");
  }

  @Test
  void ofTwoHistoriesNoneIsGuessedAndTheTypedOneIsKept() {
    PostgresScene scene = running(3);
    stray(scene);
    FailoverStage.freeze(scene);

    Refusal no = refused(decide(scene, losing(Optional.empty(), Long.MAX_VALUE)));

    assertThat(no.code()).isEqualTo(Refusal.Code.E_CANDIDATE_01);
    assertThat(no.found())
        .isEqualTo(
            "the histories of pg2 and pg3 have parted, and who of them has what pg1 acknowledged"
                + " last is not known.");
    for (String kept : List.of("pg2", "pg3")) {
      assertThat(steps(decide(scene, losing(Optional.of(kept), Long.MAX_VALUE))))
          .contains("fence-pg1", "freeze-pg2", "freeze-pg3");
    }
  }

  @Test
  void theHistoryOfMostIsKeptAndTheOtherLeftOut() {
    PostgresScene scene = running(4);
    stray(scene);
    FailoverStage stage = new FailoverStage(scene);

    Drill.Report report = Drill.run(stage, Map.of(), Drill.Way.RESUME);

    assertThat(report.ending()).contains(Entry.Ending.DONE);
    assertThat(report.wrong()).isEmpty();
    assertThat(scene.server("pg4").follows(scene.server("pg2"))).isTrue();
  }

  @Test
  void oneThatWasPromotedByHandAndHangsIsNotOverlooked() {
    PostgresScene scene = running(3);
    scene.world().host(new NodeName("pg1")).powered(false);
    scene.server("pg2").promote();
    pass(scene, 20);
    scene.server("pg2").freeze(true);

    Refusal no = refused(decide(scene, losing(Optional.empty(), Long.MAX_VALUE)));

    assertThat(no.code()).isEqualTo(Refusal.Code.E_SPLIT_01);
    assertThat(no.found()).contains("pg2 takes writes, or will when its server goes on");
  }

  /** An operation that nobody is at any more may have told it to lead: a promotion goes on. */
  @Test
  void aFollowerThatHangsAmidAnOperationIsClosed() {
    PostgresScene scene = running(3);
    scene.server("pg2").freeze(true);
    FailoverStage.freeze(scene);
    assertThat(steps(decide(scene, losing(Optional.empty(), Long.MAX_VALUE))))
        .doesNotContain("fence-pg2");
    for (SimHost host : scene.world().hosts()) {
      String file = PgPaths.state(host) + "/epoch";
      String open =
          host.files()
              .get(file)
              .replaceFirst("promise 1 op-init closed", "promise 2 op-switchover open");
      host.files().put(file, open);
    }

    assertThat(steps(decide(scene, losing(Optional.empty(), Long.MAX_VALUE))))
        .contains("fence-pg1", "fence-pg2", "freeze-pg3");
  }
}
