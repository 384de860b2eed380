package replctl.playbooks.sim.postgresql;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each rule in turn is deleted: runs of chance must find every one of them. */
class MutantsTest {
  @ParameterizedTest
  @EnumSource(value = Mutant.class, mode = EnumSource.Mode.EXCLUDE, names = "PLACES_NO_MARKER")
  void aDeletedRuleIsFound(Mutant mutant) {
    mutant.hunted().mustBeFound();
  }
}
