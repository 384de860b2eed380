package replctl.playbooks.sim.postgresql;

import org.junit.jupiter.api.Test;
import replctl.playbooks.sim.Seeds;

/** Pairs of faults by chance, in worlds by chance. */
class SeedsTest {
  @Test
  void twoFaultsAtOnceAreSurvivedToo() {
    Seeds.hold(Cases.DRAWN, 5_000);
  }
}
