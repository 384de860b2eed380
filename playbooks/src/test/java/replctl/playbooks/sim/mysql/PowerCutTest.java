package replctl.playbooks.sim.mysql;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import replctl.playbooks.sim.PowerCut;

/** A host loses its power in the middle of an operation, and comes back. */
class PowerCutTest {
  @Test
  void aHandOverSurvivesIt() {
    PowerCut.isSurvived(Cases.SWITCHOVER_SEMI_SYNC, 150);
  }

  /** One that takes what it waits for anew may have to be taken back: RebootedWhileSyncedTest. */
  @ParameterizedTest
  @EnumSource(
      value = Cases.class,
      names = {"INIT_OF_EMPTY_HOSTS", "ADD"})
  void soDoesAClusterThatGrows(Cases what) {
    PowerCut.isSurvived(what, 30);
  }
}
