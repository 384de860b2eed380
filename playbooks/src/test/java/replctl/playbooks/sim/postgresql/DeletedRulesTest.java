package replctl.playbooks.sim.postgresql;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each rule of failing over is deleted in turn. */
class DeletedRulesTest {
  @ParameterizedTest
  @EnumSource(DeletedRule.class)
  void aDeletedRuleIsFound(DeletedRule rule) {
    rule.hunted().mustBeFound();
  }
}
