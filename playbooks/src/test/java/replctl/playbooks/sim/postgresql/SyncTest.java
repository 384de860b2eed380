package replctl.playbooks.sim.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.postgresql.PostgresqlEngine;
import replctl.playbooks.observe.Observer;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Step;
import replctl.playbooks.sim.SimEpoch;
import replctl.playbooks.sim.SimHost;
import replctl.playbooks.sim.SimTime;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Lowered;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Decision;
import replctl.playbooks.verb.Guarantee;
import replctl.playbooks.verb.Sync;

/** In which order what writes wait for is changed and written down, and what is said of it. */
class SyncTest {
  private static final Engine ENGINE = new PostgresqlEngine();
  private static final Sync.Options AS_ASKED = new Sync.Options(Optional.empty(), false);

  private static PostgresScene asking(Replication.Mode mode, int acks) {
    return PostgresScene.running(1, false, 3, PostgresScene.mode(mode, acks));
  }

  /** pg1's server, and the record, have other settings than the inventory asks. */
  private static void has(PostgresScene scene, String names, List<NodeName> ackers, int acks) {
    scene.server("pg1").config().auto().put("synchronous_standby_names", names);
    scene.server("pg1").reload();
    LeaderRecord written = look(scene).epochs().newest().orElseThrow().awaiting(ackers, acks);
    for (SimHost host : scene.world().hosts()) {
      host.files().put(PgPaths.state(host) + "/epoch", SimEpoch.settled(written).text());
    }
  }

  private static Snapshot look(PostgresScene scene) {
    scene.world().time().pass(500 * SimTime.MS);
    return Observer.look(scene.world().process(), ENGINE, scene.cluster(), Duration.ofSeconds(5));
  }

  private static Decision decide(PostgresScene scene, Sync.Options options) {
    return new Sync(ENGINE).decide(scene.cluster(), look(scene), "op-sync", options);
  }

  private static Plan plan(PostgresScene scene, Sync.Options options) {
    Decision decision = decide(scene, options);
    assertThat(decision).isInstanceOf(Decision.Planned.class);
    return ((Decision.Planned) decision).plan();
  }

  private static Refusal refused(PostgresScene scene, Sync.Options options) {
    Decision decision = decide(scene, options);
    assertThat(decision).isInstanceOf(Decision.Refused.class);
    return ((Decision.Refused) decision).refusal();
  }

  /** Each step in a word: what is written down, or whom a node is told to wait for. */
  private static List<String> course(Plan plan) {
    return plan.steps()
        .map(
            (Step s) ->
                s.action() instanceof Action.WriteDown down
                    ? "write " + down.wanted().acks() + " of " + down.wanted().ackers()
                    : s.title())
        .toList();
  }

  private static final String REACHED =
      "see that those who acknowledge have what was acknowledged before";

  private static final List<NodeName> BOTH = List.of(new NodeName("pg2"), new NodeName("pg3"));

  private static Sync.Options lowered(int acks) {
    return new Sync.Options(Optional.of(new Lowered(acks, "ann@ops1")), false);
  }

  @Test
  void whatIsAsItShouldBeIsLeftAlone() {
    PostgresScene scene = asking(Replication.Mode.SEMI_SYNC, 1);

    assertThat(plan(scene, AS_ASKED).isEmpty()).isTrue();
    assertThat(Guarantee.of(ENGINE, scene.cluster(), look(scene)).drift()).isEmpty();
  }

  @Test
  void moreIsWrittenDownAfterwards() {
    PostgresScene scene = asking(Replication.Mode.SEMI_SYNC, 2);
    has(scene, "ANY 1 (\"pg2\", \"pg3\")", BOTH, 1);

    Plan plan = plan(scene, AS_ASKED);

    assertThat(course(plan))
        .containsExactly(
            "let commits wait for ANY 2 (\"pg2\", \"pg3\")", REACHED, "write 2 of [pg2, pg3]");
    assertThat(plan.warnings()).noneMatch(w -> w.startsWith("weaker"));
    assertThat(Guarantee.of(ENGINE, scene.cluster(), look(scene)).drift())
        .containsExactly(
            "pg1's server waits for 1 of pg2, pg3, and by the inventory it is to wait for all of"
                + " pg2, pg3");
  }

  @Test
  void lessIsWrittenDownFirst() {
    PostgresScene scene = asking(Replication.Mode.SEMI_SYNC, 2);

    Plan plan = plan(scene, lowered(1));

    assertThat(course(plan))
        .containsExactly(
            "write 1 of [pg2, pg3]",
            "let commits wait for ANY 1 (\"pg2\", \"pg3\")",
            "let commits wait for ANY 1 (\"pg1\", \"pg3\"), should pg2 lead",
            "let commits wait for ANY 1 (\"pg1\", \"pg2\"), should pg3 lead");
    assertThat(plan.warnings())
        .contains(
            "weaker: writes wait for 1 of pg2, pg3 from then on, and not for all of pg2, pg3 any"
                + " more");
  }

  @Test
  void anAckerThatComesAndOneThatGoesAreBothCountedMeanwhile() {
    PostgresScene scene = asking(Replication.Mode.SEMI_SYNC, 1);
    has(scene, "ANY 1 (\"pg2\")", List.of(new NodeName("pg2")), 1);

    assertThat(course(plan(scene, AS_ASKED)))
        .as("an acker is added: written down first, and then all is said")
        .containsExactly("write 1 of [pg2, pg3]", "let commits wait for ANY 1 (\"pg2\", \"pg3\")");
  }

  @Test
  void whatOneThatGoesHasAcknowledgedIsSeenOnTheOthersBeforeItIsStruckOff() {
    PostgresScene scene = asking(Replication.Mode.SEMI_SYNC, 1);
    NodeName gone = new NodeName("pg9");
    has(scene, "ANY 1 (\"pg2\", \"pg3\", \"pg9\")", List.of(BOTH.get(0), BOTH.get(1), gone), 1);

    assertThat(course(plan(scene, AS_ASKED)))
        .containsExactly(
            "let commits wait for ANY 1 (\"pg2\", \"pg3\")", REACHED, "write 1 of [pg2, pg3]");
  }

  @Test
  void moreThanReceiveIsRefusedUnlessItIsTyped() {
    PostgresScene scene = asking(Replication.Mode.SEMI_SYNC, 2);
    has(scene, "ANY 1 (\"pg2\", \"pg3\")", BOTH, 1);
    scene.server("pg3").stopImmediate();
    scene.world().time().pass(5 * SimTime.SECOND);

    Refusal no = refused(scene, AS_ASKED);

    assertThat(no.code()).isEqualTo(Refusal.Code.E_STATE_01);
    assertThat(no.found()).isEqualTo("writes will wait: 1 of 2 ackers receives.");
    assertThat(no.next())
        .contains(
            "for as long as they are away: replctl sync --acks 1",
            "replctl sync --apply --let-writes-wait");
    assertThat(plan(scene, new Sync.Options(Optional.empty(), true)).warnings())
        .contains("writes will wait: 1 of 2 ackers receives");
  }

  @Test
  void noMoreThanTheInventoryAsksCanBeTyped() {
    assertThat(refused(asking(Replication.Mode.SEMI_SYNC, 1), lowered(1)).found())
        .startsWith("--acks 1 asks for no less than the inventory");
    assertThat(refused(asking(Replication.Mode.ASYNC, 0), lowered(0)).found())
        .contains("writes wait for nobody");
  }

  @Test
  void withoutALeaderNothingIsChanged() {
    PostgresScene scene = asking(Replication.Mode.SEMI_SYNC, 1);
    scene.server("pg1").stopImmediate();

    assertThat(refused(scene, AS_ASKED).found()).isEqualTo("no node is seen to take writes.");
  }
}
