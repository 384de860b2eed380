package replctl.playbooks.sim.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.plan.Outcome;
import replctl.playbooks.sim.Drill;
import replctl.playbooks.sim.Failing;
import replctl.playbooks.sim.Fault;
import replctl.playbooks.sim.Matrix;

/** Every effect of an operation, every fault, and then both ways to finish. */
class CrashMatrixTest {
  private static final long SEED = 1;

  @ParameterizedTest
  @EnumSource(Cases.class)
  void withoutFaultsItIsDone(Cases what) {
    Drill.Report report = Drill.run(what.stage(SEED, true), Map.of(), Drill.Way.RESUME);
    assertThat(report.wrong()).as(() -> String.join("\n", report.trace())).isEmpty();
    assertThat(report.ending()).contains(Entry.Ending.DONE);
  }

  /** With no rival at work one that is rivalled is a change of leader like any other. */
  @ParameterizedTest
  @EnumSource(
      value = Cases.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"SWITCHOVER_RIVALLED", "FAILOVER_RIVALLED"})
  void whateverFailsItCanBeFinished(Cases what) {
    Matrix.holds("crash matrix", what, SEED, Fault::of);
  }

  /**
   * It opens, the answer is lost, and neither side can be asked: it is on its way back then, and
   * the candidate can't stand down any more. The next process finds it open, and goes forward.
   */
  @Test
  void anOpenLeaderIsFoundOnTheWayBack() {
    for (long seed = 1; seed <= 20; seed++) {
      Cases what = Cases.SWITCHOVER_ASYNC;
      List<String> effects =
          Drill.run(what.stage(seed, false), Map.of(), Drill.Way.RESUME).effects();
      int open = 1 + effects.indexOf("pg2 postgresql/handover-opening resident open");
      Map<Integer, Fault> faults =
          Map.of(
              open, Fault.ANSWER_LOST, open + 1, Fault.FAILS_BEFORE, open + 2, Fault.FAILS_BEFORE);
      Drill.Report report = Drill.run(what.stage(seed, false), faults, Drill.Way.RESUME);
      Failing failing = new Failing(what, seed, faults, Drill.Way.RESUME, report.wrong());
      assertThat(report.wrong()).as(failing::told).isEmpty();
      assertThat(report.first()).containsInstanceOf(Outcome.Incomplete.class);
      assertThat(report.ending()).contains(Entry.Ending.DONE);
    }
  }

  /** The resident is killed right after it asked for the promotion, which goes on without it. */
  @Test
  void aPromotionThatGoesOnAloneIsNotTakenForStandingDown() {
    for (long seed = 1; seed <= 60; seed++) {
      Cases what = Cases.SWITCHOVER_ASYNC;
      List<String> effects =
          Drill.run(what.stage(seed, false), Map.of(), Drill.Way.RESUME).effects();
      int open = 1 + effects.indexOf("pg2 postgresql/handover-opening resident open");
      for (Drill.Way way : Drill.Way.values()) {
        Map<Integer, Fault> faults = Map.of(open, Fault.SCRIPT_DIES);
        Drill.Report report = Drill.run(what.stage(seed, false), faults, way);
        Failing failing = new Failing(what, seed, faults, way, report.wrong());
        assertThat(report.wrong()).as(failing::told).isEmpty();
      }
    }
  }

  @Test
  void cellsThatAreLeftOutAreOthersRuns() {
    Matrix.leavesOutWhatIsTheSame(Cases.FENCE_DRILL, SEED);
    Matrix.leavesOutWhatIsTheSame(Cases.SWITCHOVER_OF_TWO, SEED);
  }

  @Test
  void aCandidateStandsDownOrItIsSaidThatItIsLeft() {
    for (long seed = 1; seed <= 5; seed++) {
      Matrix.standsDownOrSaysSo(Cases.SWITCHOVER_SEMI_SYNC, seed);
    }
  }
}
