package replctl.playbooks.sim.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.plan.Outcome;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.sim.Drill;
import replctl.playbooks.sim.Fault;
import replctl.playbooks.sim.HookedStage;
import replctl.playbooks.sim.SimProgram;

/** Programs of the operator's own around a change of leader: what each of their answers means. */
class HooksTest {
  private static final long SEED = 1;

  private static Drill.Report run(Drill.Stage stage, Map<Integer, Fault> faults, Drill.Way way) {
    Drill.Report report = Drill.run(stage, faults, way);
    assertThat(report.wrong()).as(() -> String.join("\n", report.trace())).isEmpty();
    return report;
  }

  private static Drill.Stage stage(Cases what, String program, SimProgram.Health health) {
    return stage(what, program, health, true);
  }

  private static Drill.Stage stage(
      Cases what, String program, SimProgram.Health health, boolean traced) {
    Drill.Stage stage = what.stage(SEED, traced);
    stage.world().program(program).is(health);
    return stage;
  }

  @Test
  void theyAreToldWhoLeadsAndWhyAndUnderWhichEpoch() {
    Drill.Stage stage = Cases.SWITCHOVER_WITH_HOOKS.stage(SEED, true);
    run(stage, Map.of(), Drill.Way.RESUME);

    Map<String, String> told =
        Map.ofEntries(
            Map.entry("cluster", "shop"),
            Map.entry("engine", "postgresql"),
            Map.entry("verb", "switchover"),
            Map.entry("why", "a planned change of leader"),
            Map.entry("operation", "op-00000001"),
            Map.entry("epoch", "2"),
            Map.entry("oldLeader", "pg1"),
            Map.entry("oldLeaderHost", "pg1"),
            Map.entry("oldLeaderPort", "5432"),
            Map.entry("newLeader", "pg2"),
            Map.entry("newLeaderHost", "pg2"),
            Map.entry("newLeaderPort", "5432"));
    assertThat(calls(stage, HookedStage.ASK)).containsExactly(and(told, "before-promotion"));
    assertThat(calls(stage, HookedStage.LEAD)).containsExactly(and(told, "redirect"));
    assertThat(calls(stage, HookedStage.TELL)).containsExactly(and(told, "after-promotion"));
  }

  private static Map<String, String> and(Map<String, String> told, String event) {
    Map<String, String> all = new TreeMap<>(told);
    all.put("event", event);
    return all;
  }

  private static List<Map<String, String>> calls(Drill.Stage stage, String program) {
    return stage.world().program(program).calls();
  }

  @ParameterizedTest
  @EnumSource(
      value = SimProgram.Health.class,
      names = {"SAYS_NO", "HANGS", "UNUSABLE"})
  void aVetoOfASwitchoverRefusesItAndNothingWasChanged(SimProgram.Health health) {
    Drill.Stage stage = stage(Cases.SWITCHOVER_WITH_HOOKS, HookedStage.ASK, health);

    Drill.Report report = run(stage, Map.of(), Drill.Way.RESUME);

    assertThat(report.ending()).contains(Entry.Ending.UNDONE);
    Refusal refusal = ((Outcome.Refused) report.first().orElseThrow()).refusal();
    assertThat(refusal.code()).isEqualTo(Refusal.Code.E_HOOK_01);
    assertThat(refusal.unchanged()).isEqualTo("Nothing was changed.");
    assertThat(refusal.found())
        .isEqualTo(
            switch (health) {
              case SAYS_NO -> "/hooks/may-move says no: exit code 1.";
              case HANGS -> "/hooks/may-move: it did not end, and was ended.";
              default -> "/hooks/may-move: there is no such program.";
            });
    assertThat(refusal.next()).containsExactly("the same again, when it says yes");
    assertThat(report.effects()).noneMatch(e -> e.contains("postgresql/handover"));
  }

  @ParameterizedTest
  @EnumSource(
      value = SimProgram.Health.class,
      names = {"SAYS_NO", "HANGS"})
  void aVetoOfAFailoverLeavesBothWaysOut(SimProgram.Health health) {
    Drill.Stage stage = stage(Cases.FAILOVER_WITH_HOOKS, HookedStage.ASK, health);

    Drill.Report report = run(stage, Map.of(), Drill.Way.ABORT);

    assertThat(report.ending()).contains(Entry.Ending.UNDONE);
    Outcome.Incomplete first = (Outcome.Incomplete) report.first().orElseThrow();
    assertThat(first.why()).startsWith("here: ask may-move whether pg2 may lead: /hooks/may-move");
    assertThat(first.left())
        .containsExactly(
            first.why(),
            "ask it again: replctl op resume op-00000001",
            "or take the old leader back: replctl op abort op-00000001, replctl unfence pg1,"
                + " replctl open pg1");
    assertThat(calls(stage, HookedStage.ASK)).hasSize(1);
  }

  @Test
  void aFailoverThatWasVetoedAsksAgainWhenItIsResumed() {
    Drill.Stage stage =
        stage(Cases.FAILOVER_WITH_HOOKS, HookedStage.ASK, SimProgram.Health.SAYS_NO);

    Drill.Report report = run(stage, Map.of(), Drill.Way.RESUME);

    assertThat(report.first()).containsInstanceOf(Outcome.Incomplete.class);
    assertThat(report.ending()).contains(Entry.Ending.DONE);
    assertThat(calls(stage, HookedStage.ASK)).hasSizeGreaterThan(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {HookedStage.TELL, HookedStage.LEAD})
  void whatComesAfterwardsIsOwedAndTakesNothingBack(String program) {
    for (Cases what : List.of(Cases.SWITCHOVER_WITH_HOOKS, Cases.FAILOVER_WITH_HOOKS)) {
      for (SimProgram.Health health :
          List.of(SimProgram.Health.SAYS_NO, SimProgram.Health.HANGS, SimProgram.Health.UNUSABLE)) {
        Drill.Stage stage = stage(what, program, health);

        Drill.Report report = run(stage, Map.of(), Drill.Way.RESUME);

        Outcome.Incomplete first = (Outcome.Incomplete) report.first().orElseThrow();
        assertThat(first.why()).isEqualTo("it is done except for what is owed");
        assertThat(first.left()).hasSize(1).allMatch(left -> left.contains(program));
        assertThat(report.ending()).contains(Entry.Ending.DONE);
      }
    }
  }

  @Test
  void whatWasAskedAndSaidYesIsNotAskedAgain() {
    Drill.Stage stage = Cases.SWITCHOVER_WITH_HOOKS.stage(SEED, true);
    List<String> effects =
        Drill.run(Cases.SWITCHOVER_WITH_HOOKS.stage(SEED, false), Map.of(), Drill.Way.RESUME)
            .effects();
    int asked = 1 + effects.indexOf("program " + HookedStage.ASK);

    // Its answer is in the journal when replctl dies.
    run(stage, Map.of(asked + 2, Fault.DIES_BEFORE), Drill.Way.RESUME);

    assertThat(calls(stage, HookedStage.ASK)).hasSize(1);
  }

  /** Every effect, every fault, both ways to finish: nobody hands over what was vetoed. */
  @Test
  void aVetoHoldsWhateverFailsBesides() {
    SimProgram.Health health = SimProgram.Health.SAYS_NO;
    Cases what = Cases.SWITCHOVER_WITH_HOOKS;
    List<String> effects =
        Drill.run(stage(what, HookedStage.ASK, health), Map.of(), Drill.Way.RESUME).effects();
    for (int effect = 1; effect <= effects.size(); effect++) {
      for (Fault fault : Fault.of(effects.get(effect - 1))) {
        for (Drill.Way way : Drill.Way.values()) {
          Drill.Stage stage = stage(what, HookedStage.ASK, health, false);
          String at = effect + "=" + fault + " " + way;
          Drill.Report report = Drill.run(stage, Map.of(effect, fault), way);
          assertThat(report.wrong()).as(at).isEmpty();
          assertThat(report.ending()).as(at).isNotEqualTo(Optional.of(Entry.Ending.DONE));
        }
      }
    }
  }
}
