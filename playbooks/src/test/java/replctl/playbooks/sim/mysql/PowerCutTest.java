package replctl.playbooks.sim.mysql;

import org.junit.jupiter.api.Test;
import replctl.playbooks.sim.PowerCut;

/** A host loses its power in the middle of a hand-over, and comes back. */
class PowerCutTest {
  @Test
  void aHandOverSurvivesIt() {
    PowerCut.isSurvived(Cases.SWITCHOVER_SEMI_SYNC, 150);
  }
}
