package replctl.playbooks.sim.postgresql;

import org.junit.jupiter.api.Test;
import replctl.playbooks.sim.Replay;

/** One run again, with its trace: system properties say which. */
class ReplayTest {
  @Test
  void theSameRunAgain() {
    Replay.holds(Cases::valueOf, Cases.SWITCHOVER_ASYNC);
  }
}
