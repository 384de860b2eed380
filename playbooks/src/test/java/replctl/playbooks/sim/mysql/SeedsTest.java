package replctl.playbooks.sim.mysql;

import java.util.List;
import org.junit.jupiter.api.Test;
import replctl.playbooks.sim.Seeds;

/** Pairs of faults by chance, in worlds by chance. */
class SeedsTest {
  @Test
  void twoFaultsAtOnceAreSurvivedToo() {
    Seeds.hold(List.of(Cases.values()), 5_000);
  }
}
