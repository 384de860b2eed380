package replctl.playbooks.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import replctl.inventory.NodeName;
import replctl.playbooks.decide.Scene;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.mysql.MysqlEngine;
import replctl.playbooks.engine.postgresql.PostgresqlEngine;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.snapshot.Contact;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.snapshot.Unready;
import replctl.playbooks.verb.RestartOptions.OfLeader;
import replctl.playbooks.world.Trouble;

/** Which servers are restarted, in which order, and when not. */
class RestartTest {
  private static final Contact GONE = new Contact(Trouble.UNREACHABLE, "no answer in 2 s");
  private static final Acks ONE_OF_TWO =
      new Acks(
          1,
          Acks.Level.FLUSHED,
          false,
          List.of(new NodeName("pg2"), new NodeName("pg3")),
          List.of(),
          false,
          List.of("pg2", "pg3"));

  @Test
  void followersComeOneAtATimeAndTheLeaderIsDecidedAfterThem() {
    Plan plan = plan(Scene.healthy(), rolling(OfLeader.SWITCHOVER));
    assertThat(names(plan))
        .containsExactly("restart-pg2", "caught-up-pg2", "restart-pg3", "caught-up-pg3");
    assertThat(plan.phases()).allMatch(p -> p.lanes().size() == 1);
    assertThat(plan.steps()).allMatch(s -> s.onFailure() == Step.OnFailure.STOP);
    assertThat(plan.sequel()).isPresent();
    assertThat(plan.warnings()).anyMatch(w -> w.startsWith("then pg1 hands over to pg2"));
  }

  @Test
  void whoHandsOverIsRestartedByThatOrAfterIt() {
    assertThat(afterFollowers(new PostgresqlEngine()))
        .contains("hand-over", "follow-pg1")
        .doesNotContain("restart-pg1");
    assertThat(afterFollowers(new MysqlEngine()))
        .containsSubsequence("hand-over", "follow-pg1", "restart-pg1", "caught-up-pg1");
  }

  private static List<String> afterFollowers(Engine engine) {
    Scene scene = Scene.healthy();
    Plan first = plan(scene, rolling(OfLeader.SWITCHOVER));
    Decision then =
        new Restart(engine).handOver(scene.cluster(), scene.seen(), Unready.NOTHING, first);
    assertThat(then).isInstanceOf(Decision.Planned.class);
    Plan whole = ((Decision.Planned) then).plan();
    assertThat(whole.phases().subList(0, first.phases().size())).isEqualTo(first.phases());
    // Once another leads nothing takes that back.
    int handOver = names(whole).indexOf("hand-over");
    assertThat(whole.steps().skip(handOver + 1L))
        .allMatch(s -> s.onFailure() == Step.OnFailure.OWE);
    return names(whole);
  }

  @Test
  void inPlaceTheLeaderComesLastAndItsFollowersAreLookedAt() {
    Plan plan = plan(Scene.healthy(), rolling(OfLeader.IN_PLACE));
    assertThat(names(plan))
        .containsExactly(
            "restart-pg2",
            "caught-up-pg2",
            "restart-pg3",
            "caught-up-pg3",
            "restart-pg1",
            "again-pg2",
            "again-pg3");
    assertThat(plan.sequel()).isEqualTo(Optional.empty());
    assertThat(plan.warnings()).anyMatch(w -> w.startsWith("writes stand still while pg1"));
    assertThat(names(plan(Scene.healthy(), rolling(OfLeader.LEFT))))
        .containsExactly("restart-pg2", "caught-up-pg2", "restart-pg3", "caught-up-pg3");
  }

  @Test
  void aLeaderIsRestartedAloneOnlyWhenThatIsTyped() {
    Refusal no = refusal(Scene.healthy(), one("pg1", OfLeader.SWITCHOVER));
    assertThat(no.code()).isEqualTo(Refusal.Code.E_STATE_01);
    assertThat(no.next())
        .containsExactly(
            "replctl switchover shop, then: replctl restart pg1",
            "replctl restart --rolling",
            "replctl restart pg1 --leader in-place");
    assertThat(names(plan(Scene.healthy(), one("pg1", OfLeader.IN_PLACE))))
        .containsExactly("restart-pg1", "again-pg2", "again-pg3");
    assertThat(names(plan(Scene.healthy(), one("pg3", OfLeader.SWITCHOVER))))
        .containsExactly("restart-pg3", "caught-up-pg3");
  }

  @Test
  void nobodyIsStoppedWhileAnotherDoesNotReceive() {
    Refusal no = refusal(Scene.healthy().streaming("pg3", false), rolling(OfLeader.SWITCHOVER));
    assertThat(no.found()).startsWith("pg3 does not receive");
    // That one alone may need it.
    assertThat(
            names(plan(Scene.healthy().streaming("pg3", false), one("pg3", OfLeader.SWITCHOVER))))
        .contains("restart-pg3");
  }

  @Test
  void thoseThatAreDownAreLeftOutAndNamed() {
    Plan plan =
        plan(Scene.healthy().presence("pg3", Presence.STOPPED), rolling(OfLeader.SWITCHOVER));
    assertThat(names(plan)).containsExactly("restart-pg2", "caught-up-pg2");
    assertThat(plan.warnings()).contains("pg3 is left out: its server is stopped");
    // Of a silent one it is not known whether it would have to be restarted: that is typed.
    assertThat(refusal(Scene.healthy().silent("pg3", GONE), rolling(OfLeader.SWITCHOVER)).next())
        .contains("for the others: replctl restart --rolling --without pg3");
    Plan without =
        plan(
            Scene.healthy().silent("pg3", GONE),
            new RestartOptions(
                Optional.empty(),
                List.of(new NodeName("pg3")),
                OfLeader.SWITCHOVER,
                Optional.empty()));
    assertThat(names(without)).containsExactly("restart-pg2", "caught-up-pg2");
    assertThat(without.warnings()).contains("pg3 is left out, as asked");
    Refusal no =
        refusal(Scene.healthy().presence("pg3", Presence.STOPPED), one("pg3", OfLeader.SWITCHOVER));
    assertThat(no.next()).containsExactly("replctl start pg3");
    assertThat(refusal(Scene.healthy().silent("pg3", GONE), one("pg3", OfLeader.LEFT)).code())
        .isEqualTo(Refusal.Code.E_REACH_01);
  }

  @Test
  void thatWritesWaitMeanwhileIsSaid() {
    Acks both =
        new Acks(
            2,
            Acks.Level.FLUSHED,
            false,
            ONE_OF_TWO.ackers(),
            List.of(),
            false,
            List.of("pg2", "pg3"));
    assertThat(plan(Scene.healthy().acks("pg1", both), rolling(OfLeader.LEFT)).warnings())
        .contains(
            "while it restarts writes wait without pg2: they need 2 followers, and 1 is left");
    assertThat(plan(Scene.healthy().acks("pg1", ONE_OF_TWO), rolling(OfLeader.LEFT)).warnings())
        .noneMatch(w -> w.contains("wait"));
  }

  @Test
  void withoutACandidateTheOtherWaysAreSaid() {
    Refusal no =
        refusal(Scene.healthy().mayNotLead("pg2").mayNotLead("pg3"), rolling(OfLeader.SWITCHOVER));
    assertThat(no.code()).isEqualTo(Refusal.Code.E_CANDIDATE_01);
    assertThat(no.next())
        .contains("where writes may stand still: replctl restart --rolling --leader in-place");
    assertThat(refusal(Scene.healthy().role("pg2", Role.LEADER), rolling(OfLeader.LEFT)).code())
        .isEqualTo(Refusal.Code.E_SPLIT_01);
  }

  private static RestartOptions rolling(OfLeader leader) {
    return new RestartOptions(Optional.empty(), List.of(), leader, Optional.empty());
  }

  private static RestartOptions one(String node, OfLeader leader) {
    return new RestartOptions(Optional.of(new NodeName(node)), List.of(), leader, Optional.empty());
  }

  private static List<String> names(Plan plan) {
    return plan.steps().map(Step::name).toList();
  }

  private static Plan plan(Scene scene, RestartOptions options) {
    Decision decision = decide(scene, options);
    assertThat(decision).isInstanceOf(Decision.Planned.class);
    return ((Decision.Planned) decision).plan();
  }

  private static Refusal refusal(Scene scene, RestartOptions options) {
    Decision decision = decide(scene, options);
    assertThat(decision).isInstanceOf(Decision.Refused.class);
    return ((Decision.Refused) decision).refusal();
  }

  private static Decision decide(Scene scene, RestartOptions options) {
    return new Restart(new PostgresqlEngine())
        .decide(scene.cluster(), scene.seen(), Unready.NOTHING, "op-1", options);
  }
}
