package replctl.playbooks.sim.mysql;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each rule of the hand-over's scripts is deleted: runs of chance must find every one of them. */
class MutantsTest {
  @ParameterizedTest
  @EnumSource(Mutant.class)
  void aDeletedRuleIsFound(Mutant mutant) {
    mutant.hunted().mustBeFound();
  }
}
