package replctl.playbooks.sim.mysql;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import replctl.playbooks.sim.Fault;
import replctl.playbooks.sim.Matrix;

/**
 * At every effect the operator's machine falls asleep, another operator on another host takes the
 * operation over and finishes it (or, where it is rivalled, has one of his own in mind), and then
 * the first wakes up and goes on where it was.
 */
class TwoOperatorsTest {
  @ParameterizedTest
  @EnumSource(
      value = Cases.class,
      names = {
        "INIT_OF_EMPTY_HOSTS",
        "SWITCHOVER_SEMI_SYNC",
        "SWITCHOVER_RIVALLED",
        "FAILOVER_SEMI_SYNC",
        "FAILOVER_RIVALLED",
        "FAILOVER_SALVAGES",
        "SYNC_STRONGER",
        "SYNC_WEAKER",
        "REJOIN_BY_CLONE",
        "ADD_SYNC",
        "REMOVE_SYNC",
        "REMOVE_DEAD_OF_TWO"
      })
  void oneThatWasOvertakenDoesNoHarm(Cases what) {
    Matrix.holds("two operators of MySQL", what, 1, effect -> Fault.RIVALS);
  }
}
