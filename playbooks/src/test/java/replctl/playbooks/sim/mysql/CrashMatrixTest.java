package replctl.playbooks.sim.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.sim.Drill;
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
    Matrix.holds("crash matrix of MySQL", what, SEED, Fault::of);
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
