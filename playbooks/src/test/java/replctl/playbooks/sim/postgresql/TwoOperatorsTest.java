package replctl.playbooks.sim.postgresql;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import replctl.playbooks.sim.Fault;
import replctl.playbooks.sim.Matrix;

/**
 * At every effect the operator's machine falls asleep, another operator on another host takes the
 * operation over and finishes it (or, where it is rivalled, has one of his own in mind), and then
 * the first wakes up and goes on where it was. Not tried with hooks: no host can hold back a
 * program that runs on the operator's own.
 */
class TwoOperatorsTest {
  private static final long SEED = 1;

  @ParameterizedTest
  @EnumSource(
      value = Cases.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"SWITCHOVER_WITH_HOOKS", "FAILOVER_WITH_HOOKS"})
  void oneThatWasOvertakenDoesNoHarm(Cases what) {
    Matrix.holds("two operators", what, SEED, effect -> Fault.RIVALS);
  }
}
