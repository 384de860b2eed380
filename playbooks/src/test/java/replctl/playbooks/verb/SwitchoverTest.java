package replctl.playbooks.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.playbooks.decide.Scene;
import replctl.playbooks.engine.postgresql.PostgresqlEngine;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Contact;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.world.Trouble;
import replctl.playbooks.world.Value;

class SwitchoverTest {
  private static final Contact GONE = new Contact(Trouble.UNREACHABLE, "no answer in 2 s");

  @Test
  void twoWritableServersAreASplitBrain() {
    Refusal refusal = refusal(Scene.healthy().role("pg2", Role.LEADER), Optional.empty());
    assertThat(refusal.code()).isEqualTo(Refusal.Code.E_SPLIT_01);
    assertThat(refusal.found()).isEqualTo("two writable servers: pg1 and pg2.");
  }

  @Test
  void aLeaderThatIsNotSeenIsNotReplacedByASwitchover() {
    Refusal refusal = refusal(Scene.healthy().silent("pg1", GONE), Optional.empty());
    assertThat(refusal.code()).isEqualTo(Refusal.Code.E_REACH_01);
    assertThat(refusal.found())
        .isEqualTo(
            "no node is seen to take writes; no answer from pg1 (no answer in 2 s). A switchover"
                + " needs a leader that runs.");
    assertThat(refusal.next()).containsExactly("replctl status shop");
  }

  @Test
  void aNodeThatCanNotLeadIsRefusedWithTheReason() {
    Refusal refusal =
        refusal(Scene.healthy().streaming("pg2", false), Optional.of(new NodeName("pg2")));
    assertThat(refusal.code()).isEqualTo(Refusal.Code.E_CANDIDATE_01);
    assertThat(refusal.found()).isEqualTo("pg2 can't lead: it does not receive.");
  }

  @Test
  void anotherLookMayTellOnlyWhatIsNotKnownOfAFollowerThatAnswers() {
    Optional<NodeName> pg2 = Optional.of(new NodeName("pg2"));
    assertThat(unclear(Scene.healthy(), pg2)).isFalse();
    assertThat(unclear(Scene.healthy().lagUnknown("pg2"), pg2)).isTrue();
    // Another can be chosen.
    assertThat(unclear(Scene.healthy().lagUnknown("pg2"), Optional.empty())).isFalse();
    assertThat(unclear(Scene.healthy().lagUnknown("pg2").lagUnknown("pg3"), Optional.empty()))
        .isTrue();
    // Something else speaks against it, or it says nothing at all.
    assertThat(unclear(Scene.healthy().lagUnknown("pg2").streaming("pg2", false), pg2)).isFalse();
    assertThat(unclear(Scene.healthy().silent("pg2", GONE), pg2)).isFalse();
    assertThat(unclear(Scene.healthy().lagUnknown("pg2").silent("pg1", GONE), pg2)).isFalse();
    assertThat(unclear(Scene.healthy().lagUnknown("pg2"), Optional.of(new NodeName("pg1"))))
        .isFalse();
  }

  private static boolean unclear(Scene scene, Optional<NodeName> to) {
    return Switchover.unclear(scene.cluster(), scene.seen(), to);
  }

  @Test
  void toTheLeaderThereIsNothingToDo() {
    assertThat(plan(Scene.healthy(), Optional.of(new NodeName("pg1"))).isEmpty()).isTrue();
  }

  @Test
  void theHandOverIsOneStepAndNothingAfterItStopsThePlan() {
    Plan plan = plan(Scene.healthy(), Optional.empty());
    List<Step> steps = plan.steps().toList();
    List<String> names = steps.stream().map(Step::name).toList();
    int handOver = names.indexOf("hand-over");

    assertThat(names)
        .containsExactly(
            "slot-pg3",
            "slot-pg1",
            "login-pg3",
            "login-pg1",
            "sender-timeout",
            "hand-over",
            "follow-pg3",
            "follow-pg1",
            "record",
            "checkpoint-pg2",
            "drop-slots",
            "sender-timeout-back");
    assertThat(steps.get(handOver).action()).isInstanceOf(Action.Handover.class);
    assertThat(steps.subList(0, handOver + 1)).allMatch(s -> s.onFailure() == Step.OnFailure.STOP);
    assertThat(steps.subList(handOver + 1, steps.size()))
        .allMatch(s -> s.onFailure() == Step.OnFailure.OWE);
  }

  @Test
  void followersThatAnswerAreToldAtOnce() {
    assertThat(told(Scene.healthy())).containsExactly(new NodeName("pg3"));
    assertThat(told(Scene.healthy().silent("pg3", GONE))).isEmpty();
  }

  private static Set<NodeName> told(Scene scene) {
    Action action = plan(scene, Optional.empty()).step("hand-over").orElseThrow().action();
    return ((Action.Handover) action).following().keySet();
  }

  @Test
  void stepsSideBySideOnTheLeadersHostWaitForEachOther() {
    Plan plan = plan(Scene.healthy(), Optional.empty());
    for (String step : List.of("login-pg1", "sender-timeout")) {
      Action.Run run = (Action.Run) plan.step(step).orElseThrow().action();
      assertThat(run.call().values()).as(step).containsEntry("lock_wait", Value.of("15"));
    }
  }

  @Test
  void aFollowerThatDoesNotAnswerIsWarnedAboutAndNotAskedToLogIn() {
    Plan plan = plan(Scene.healthy().silent("pg3", GONE), Optional.empty());
    assertThat(plan.warnings())
        .containsExactly(
            "pg3 does not answer (no answer in 2 s): unless it does by then, it is owed that it"
                + " follows pg2");
    assertThat(plan.step("login-pg3")).isEqualTo(Optional.empty());
    assertThat(plan.step("find-pg3")).isPresent();
    Action follow = plan.step("follow-pg3").orElseThrow().action();
    assertThat(((Action.Run) follow).call().values())
        .containsEntry("data_directory", new Value.Known("find-pg3", "data_directory"))
        .containsEntry("state_directory", new Value.Known("find-pg3", "state_directory"));
  }

  @Test
  void oneThatCascadesFromAnotherStaysThere() {
    Plan plan = plan(Scene.healthy().upstream("pg3", "pg9"), Optional.of(new NodeName("pg2")));
    assertThat(plan.step("follow-pg3")).isEqualTo(Optional.empty());
    // An idle slot would keep the log for ever.
    assertThat(plan.step("slot-pg3")).isEqualTo(Optional.empty());
  }

  @Test
  void aPlanIsGoodOnlyWhileTheSameNodesLeadAndFollow() {
    Cluster cluster = Scene.healthy().cluster();
    Plan plan = plan(Scene.healthy(), Optional.empty());
    assertThat(Apply.objection(cluster, plan, Scene.healthy().position("pg2", 1, 5000).seen()))
        .isEqualTo(Optional.empty());
    Refusal refusal =
        Apply.objection(cluster, plan, Scene.healthy().silent("pg3", GONE).seen()).orElseThrow();
    assertThat(refusal.code()).isEqualTo(Refusal.Code.E_PLAN_01);
    assertThat(refusal.found())
        .contains("pg3 answers was yes, is no", "pg3 role was follower, is unknown");
  }

  /** A name that leads to another cluster's server by the time that the plan is run. */
  @Test
  void aPlanIsNoLongerGoodWhereANameLeadsElsewhere() {
    Cluster cluster = Scene.healthy().cluster();
    Plan plan = plan(Scene.healthy(), Optional.empty());

    Refusal refusal =
        Apply.objection(cluster, plan, Scene.healthy().identity("pg2", "99").seen()).orElseThrow();

    assertThat(refusal.code()).isEqualTo(Refusal.Code.E_PLAN_01);
    assertThat(refusal.found()).contains("pg2 identity was 7, is 99");
  }

  private static Plan plan(Scene scene, Optional<NodeName> to) {
    Decision decision = decide(scene, to);
    assertThat(decision).isInstanceOf(Decision.Planned.class);
    return ((Decision.Planned) decision).plan();
  }

  private static Refusal refusal(Scene scene, Optional<NodeName> to) {
    Decision decision = decide(scene, to);
    assertThat(decision).isInstanceOf(Decision.Refused.class);
    return ((Decision.Refused) decision).refusal();
  }

  private static Decision decide(Scene scene, Optional<NodeName> to) {
    return new Switchover(new PostgresqlEngine()).decide(scene.cluster(), scene.seen(), "op-1", to);
  }
}
