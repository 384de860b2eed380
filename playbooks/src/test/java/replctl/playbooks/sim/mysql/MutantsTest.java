package replctl.playbooks.sim.mysql;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import replctl.playbooks.sim.Hunt;

/** Each rule of the hand-over's scripts is deleted: runs of chance must find every one of them. */
class MutantsTest {
  private static final String HANDOVER = ".*/handover-.* (freeze|catch-up|open)";

  @ParameterizedTest
  @EnumSource(Mutant.class)
  void aDeletedRuleIsFound(Mutant mutant) {
    new Hunt(HANDOVER, mutant.faults(), 5)
        .finds(
            mutant.name(),
            Cases.SWITCHOVERS,
            (what, seed) -> what.stage(seed, false, Optional.of(mutant)));
  }
}
