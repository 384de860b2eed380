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
import replctl.playbooks.observe.Observer;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Step;
import replctl.playbooks.sim.SimEpoch;
import replctl.playbooks.sim.SimHost;
import replctl.playbooks.sim.SimTime;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Lowered;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Decision;
import replctl.playbooks.verb.Failover;
import replctl.playbooks.verb.Switchover;

/** What writes wait for when another node leads: said before, and neither weaker nor stronger. */
class CarriedDurabilityTest {
  private static final Engine ENGINE = new PostgresqlEngine();
  private static final Lowered ONE = new Lowered(1, "dba@laptop");

  private static PostgresScene scene(int acks) {
    return PostgresScene.running(1, false, 3, PostgresScene.mode(Replication.Mode.SEMI_SYNC, acks));
  }

  private static Snapshot look(PostgresScene scene) {
    return Observer.look(scene.world().process(), ENGINE, scene.cluster(), Duration.ofSeconds(5));
  }

  private static Plan failover(PostgresScene scene, Optional<Lowered> acks) {
    scene.world().host(new NodeName("pg1")).freeze(true);
    scene.world().time().pass(20 * SimTime.SECOND);
    Failover.Options options =
        new Failover.Options(
            Optional.empty(), Optional.empty(), Map.of(), OptionalLong.empty(), acks);
    return planned(
        new Failover(ENGINE).secure(scene.cluster(), look(scene), "op-failover", options));
  }

  private static Plan switchover(PostgresScene scene) {
    return planned(
        new Switchover(ENGINE)
            .decide(scene.cluster(), look(scene), "op-switch", Optional.of(new NodeName("pg2"))));
  }

  private static Plan planned(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Planned.class);
    return ((Decision.Planned) decision).plan();
  }

  /** As if an operation had written it everywhere. */
  private static void write(PostgresScene scene, LeaderRecord record) {
    for (SimHost host : scene.world().hosts()) {
      host.files().put(PgPaths.state(host) + "/epoch", SimEpoch.settled(record).text());
    }
  }

  private static LeaderRecord newest(PostgresScene scene) {
    return look(scene).epochs().newest().orElseThrow();
  }

  private static LeaderRecord written(Plan plan) {
    return plan.steps()
        .map(Step::action)
        .filter(Action.WriteDown.class::isInstance)
        .map(a -> ((Action.WriteDown) a).wanted())
        .findFirst()
        .orElseThrow();
  }

  private static List<String> durability(Plan plan) {
    return plan.steps().filter(s -> s.name().startsWith("durability")).map(Step::title).toList();
  }

  @Test
  void aFailoverSaysUpFrontThatWritesWillWait() {
    assertThat(failover(scene(2), Optional.empty()).warnings())
        .contains(
            "writes will wait once pg2 leads: 1 of 2 ackers are left, without pg1",
            "to let it start with fewer: replctl failover --acks 1");
  }

  @Test
  void withFewerAcksItSaysThatTheyAreFewer() {
    assertThat(failover(scene(2), Optional.of(ONE)).warnings())
        .contains(
            "lowered by dba@laptop: writes wait for 1 acker, less than the inventory asks; taken"
                + " back by: replctl sync --apply")
        .noneMatch(words -> words.contains("will wait"));
  }

  @Test
  void whereEnoughAreLeftNothingIsSaid() {
    assertThat(failover(scene(1), Optional.empty()).warnings())
        .noneMatch(words -> words.contains("wait"));
    assertThat(failover(scene(1), Optional.of(ONE)).warnings())
        .noneMatch(words -> words.contains("wait"));
  }

  @Test
  void whatWasLoweredStaysSoWhenAnotherLeads() {
    PostgresScene scene = scene(2);
    write(
        scene,
        newest(scene)
            .in(2, "op-sync")
            .awaiting(newest(scene).ackers(), 1)
            .lowering(Optional.of(ONE)));

    Plan plan = switchover(scene);

    assertThat(durability(plan))
        .containsExactly("let commits wait for ANY 1 (\"pg1\", \"pg3\"), should pg2 lead");
    assertThat(written(plan).acks()).isEqualTo(1);
    assertThat(written(plan).lowered()).contains(ONE);
    assertThat(plan.warnings()).anyMatch(words -> words.startsWith("lowered by dba@laptop"));
  }

  @Test
  void aNodeThatWasAwayWhenMoreWasAskedIsToldBeforeItLeads() {
    PostgresScene scene = scene(2);
    scene.server("pg2").config().auto().put("synchronous_standby_names", "");
    scene.server("pg2").reload();

    Plan plan = switchover(scene);

    assertThat(durability(plan))
        .containsExactly("let commits wait for ANY 2 (\"pg1\", \"pg3\"), should pg2 lead");
    assertThat(written(plan).acks()).isEqualTo(2);
  }
}
