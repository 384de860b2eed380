package replctl.playbooks.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import replctl.inventory.NodeName;
import replctl.playbooks.decide.Scene;
import replctl.playbooks.engine.postgresql.PostgresqlEngine;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.snapshot.Presence;

/** Which server is stopped, and when not. */
class StopTest {
  private static Scene waitingFor(int needed) {
    List<NodeName> ackers = List.of(new NodeName("pg2"), new NodeName("pg3"));
    return Scene.healthy()
        .acks(
            "pg1",
            new Acks(
                needed,
                Acks.Level.FLUSHED,
                false,
                ackers,
                List.of(),
                false,
                List.of("pg2", "pg3")));
  }

  @Test
  void aFollowerIsStoppedAndWhatThatMeansIsSaid() {
    Plan plan = plan(waitingFor(1).upstream("pg3", "pg2"), "pg2", false);
    assertThat(plan.steps().map(Step::name)).containsExactly("stop-pg2");
    assertThat(plan.steps()).allMatch(s -> s.undo().isPresent());
    assertThat(plan.warnings())
        .anyMatch(w -> w.startsWith("pg1 keeps all of its log for pg2"))
        .contains("pg3 receives from pg2, and gets nothing more");
  }

  @Test
  void thatNobodyCouldTakeOverIsSaid() {
    String nobody = "nobody could take over from pg1 meanwhile";
    assertThat(plan(Scene.healthy().streaming("pg3", false), "pg2", false).warnings())
        .contains(nobody);
    assertThat(plan(Scene.healthy(), "pg2", false).warnings()).doesNotContain(nobody);
  }

  @Test
  void oneThatWritesWaitForIsStoppedOnlyWhenThatIsTyped() {
    Refusal no = refusal(waitingFor(2), "pg2");
    assertThat(no.found())
        .isEqualTo("writes wait without pg2: they need 2 followers, and 1 is left.");
    assertThat(no.next())
        .containsExactly(
            "let writes wait for fewer first: replctl sync --acks 1",
            "let them wait: replctl stop pg2 --let-writes-wait");
    assertThat(plan(waitingFor(2), "pg2", true).warnings())
        .contains("writes wait without pg2: they need 2 followers, and 1 is left");
  }

  @Test
  void aLeaderIsNot() {
    Refusal no = refusal(Scene.healthy(), "pg1");
    assertThat(no.next()).containsExactly("replctl switchover shop, then: replctl stop pg1");
  }

  @Test
  void oneThatIsStoppedNeedsNothing() {
    assertThat(plan(Scene.healthy().presence("pg2", Presence.STOPPED), "pg2", false).isEmpty())
        .isTrue();
    assertThat(refusal(Scene.healthy().presence("pg2", Presence.HUNG), "pg2").next())
        .contains("if it is to be closed by force: replctl fence pg2");
  }

  private static Plan plan(Scene scene, String node, boolean wait) {
    Decision decision = decide(scene, node, wait);
    assertThat(decision).isInstanceOf(Decision.Planned.class);
    return ((Decision.Planned) decision).plan();
  }

  private static Refusal refusal(Scene scene, String node) {
    Decision decision = decide(scene, node, false);
    assertThat(decision).isInstanceOf(Decision.Refused.class);
    return ((Decision.Refused) decision).refusal();
  }

  private static Decision decide(Scene scene, String node, boolean wait) {
    return new Stop(new PostgresqlEngine())
        .decide(scene.cluster(), scene.seen(), "op-1", new NodeName(node), wait);
  }
}
