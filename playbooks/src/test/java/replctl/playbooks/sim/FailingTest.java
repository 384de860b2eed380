package replctl.playbooks.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** By what a run that broke a rule is had again. */
class FailingTest {
  /** In the place of an engine's. */
  private enum Cases implements Case {
    ONE;

    @Override
    public Drill.Stage stage(long seed, boolean traced) {
      throw new IllegalStateException("it is not run");
    }

    @Override
    public int effects() {
      return 1;
    }
  }

  private static String command(Case what) {
    return new Failing(what, 7, Map.of(3, Fault.DIES_AFTER), Drill.Way.ABORT, List.of()).command();
  }

  @Test
  void theCommandNamesTheTestOfItsEngineAndAllThatTheRunFollowsFrom() {
    assertThat(command(Cases.ONE))
        .contains("-Dtest=replctl.playbooks.sim.ReplayTest ")
        .endsWith(" -Dsim.case=ONE -Dsim.seed=7 -Dsim.faults=3=DIES_AFTER -Dsim.way=ABORT");
  }

  @Test
  void ofOneWithAPowerCutToo() {
    assertThat(command(PowerCut.in(Cases.ONE)))
        .contains("-Dtest=replctl.playbooks.sim.ReplayTest ")
        .contains(" -Dsim.case=ONE -Dsim.cut=true -Dsim.seed=7 ");
  }
}
