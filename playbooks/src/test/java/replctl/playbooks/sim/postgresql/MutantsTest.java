package replctl.playbooks.sim.postgresql;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import replctl.playbooks.sim.Fault;
import replctl.playbooks.sim.Hunt;

/** Each rule in turn is deleted: runs of chance must find every one of them. */
class MutantsTest {
  private final Hunt handover = new Hunt(".*/handover-.* (freeze|catch-up|open)", Fault.ALONE, 3);

  @ParameterizedTest
  @EnumSource(value = Mutant.class, mode = EnumSource.Mode.EXCLUDE, names = "PLACES_NO_MARKER")
  void aDeletedRuleIsFound(Mutant mutant) {
    handover.finds(
        mutant.name(),
        Cases.SWITCHOVERS,
        (what, seed) -> what.stage(seed, false, Optional.of(mutant)));
  }
}
