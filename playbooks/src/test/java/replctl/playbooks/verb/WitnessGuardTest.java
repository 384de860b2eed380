package replctl.playbooks.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import replctl.inventory.NodeName;
import replctl.inventory.Witness;
import replctl.playbooks.engine.Site;
import replctl.playbooks.engine.postgresql.PostgresqlEngine;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Step;
import replctl.playbooks.setup.PlanText;
import replctl.playbooks.setup.SetupScene;
import replctl.playbooks.snapshot.EpochFile;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Value;

/** A witness joins and leaves: it answers start guards for as long as it has a vote. */
class WitnessGuardTest {
  private static final List<String> THREE = List.of("pg1", "pg2", "pg3");
  private static final List<String> FOUR = List.of("pg1", "pg2", "pg3", "w1");

  private static Plan plan(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Planned.class);
    return ((Decision.Planned) decision).plan();
  }

  private static Decision add(SetupScene scene) {
    Site site = scene.site();
    Witness witness = site.cluster().witnesses().get(0);
    return new Add(new PostgresqlEngine()).decide("op-1", site, witness);
  }

  private static Decision remove(SetupScene scene, String name) {
    return new Remove(new PostgresqlEngine())
        .decide("op-1", scene.site(), new NodeName(name), Remove.Options.USUAL);
  }

  private static Map<String, Value> values(Plan plan, String step) {
    return ((Action.Run) plan.step(step).orElseThrow().action()).call().values();
  }

  private static SetupScene recorded(SetupScene scene, List<String> voters) {
    return scene.recorded(THREE, voters, List.of(), 0);
  }

  /** What a witness has in its file when it votes: the same as the nodes. */
  private static SetupScene voting(SetupScene scene) {
    recorded(scene, FOUR);
    return scene.witness(
        "w1",
        new EpochFile.Known(
            true,
            7,
            "op-7",
            false,
            "alice@adm1",
            OptionalLong.empty(),
            scene.site().seen().epochs().newest()));
  }

  @Test
  void oneThatJoinsAnswersBeforeItVotes() {
    SetupScene scene = recorded(InitGuardTest.withWitness(InitGuardTest.guarded()), THREE);
    assertThat(PlanText.of(add(scene)))
        .contains(
            """
            start guards know their peers
              | pg1 guard-peers-pg1
              | pg2 guard-peers-pg2
              | pg3 guard-peers-pg3
              | w1 guard-peers-w1
            start guards get answers
              | pg1 guard-reach-pg1
              | pg2 guard-reach-pg2
              | pg3 guard-reach-pg3
            a majority of the voters, as they were and as they will be, knows of w1
            """);
  }

  @Test
  void oneThatIsAMemberAlreadyIsLeftAlone() {
    assertThat(plan(add(voting(InitGuardTest.guardedWithWitness()))).isEmpty()).isTrue();
  }

  @Test
  void aNodeThatIsAwayLearnsOfTheWitnessLater() {
    SetupScene scene =
        recorded(InitGuardTest.withWitness(InitGuardTest.guarded()), THREE).silent("pg3");
    Plan plan = plan(add(scene));
    assertThat(plan.warnings())
        .contains("pg3 takes no part now, and learns of w1 when it is back: replctl init");
    assertThat(plan.steps().map(Step::name))
        .contains("guard-peers-w1")
        .noneMatch(n -> n.endsWith("pg3"));
    assertThat(values(plan, "guard-peers-w1")).containsEntry("askers", Value.of("pg1 pg2"));
  }

  @Test
  void oneThatLeavesIsAskedNoMoreAndKeepsNobodysKey() {
    Decision decision = remove(voting(InitGuardTest.guardedWithWitness()), "w1");
    assertThat(PlanText.of(decision))
        .contains(
            """
            no start guard asks w1 any more
              | pg1 guard-peers-pg1
              | pg2 guard-peers-pg2
              | pg3 guard-peers-pg3
            """,
            "w1 answers no start guard any more\n  w1 guard-leave-w1\n");
    Plan plan = plan(decision);
    Step leave = plan.step("guard-leave-w1").orElseThrow();
    assertThat(leave.on()).isEqualTo(new Place.Witness(new NodeName("w1")));
    assertThat(values(plan, "guard-leave-w1"))
        .containsEntry("state_directory", Value.of("/home/vera/.replctl/shop/w1"))
        .containsEntry("unit", Value.of("yes"));
    assertThat(values(plan, "guard-peers-pg1"))
        .containsEntry("peers", Value.of("pg2 pg3"))
        .containsEntry("declared", Value.of("pg1 pg2 pg3"))
        .hasEntrySatisfying(
            "conf", conf -> assertThat(((Value.Text) conf).text()).doesNotContain("w1"));
  }

  @Test
  void oneThatIsAwayWhenItLeavesIsOwedIt() {
    SetupScene scene = voting(InitGuardTest.guardedWithWitness());
    scene.witness("w1", EpochFile.SILENT);
    List.of("guard.program", "guard.hosts", "guard.conf", "guard.authorized", "script_user")
        .forEach(f -> scene.says("w1", f, ""));
    Plan plan = plan(remove(scene, "w1"));
    assertThat(plan.steps().map(Step::name))
        .contains("guard-peers-pg1")
        .doesNotContain("guard-leave-w1");
    assertThat(plan.warnings())
        .anyMatch(w -> w.contains("taken away once it answers by: replctl remove w1"));
  }

  @Test
  void aNodeThatLeavesMayAskTheWitnessNoMore() {
    Plan plan = plan(remove(voting(InitGuardTest.guardedWithWitness()), "pg3"));
    assertThat(values(plan, "guard-peers-w1"))
        .containsEntry("askers", Value.of("pg1 pg2"))
        .containsEntry("declared", Value.of("pg1 pg2 w1"));
  }
}
