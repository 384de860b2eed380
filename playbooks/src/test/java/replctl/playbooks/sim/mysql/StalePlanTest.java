package replctl.playbooks.sim.mysql;

import org.junit.jupiter.api.Test;
import replctl.inventory.Replication;
import replctl.playbooks.sim.StalePlan;

/** A plan that another operator's switchover has made wrong. */
class StalePlanTest {
  private final StalePlan stale =
      new StalePlan(MysqlScene.running(1, true, 3, MysqlScene.mode(Replication.Mode.SEMI_SYNC, 1)));

  @Test
  void itIsRefused() {
    stale.isRefused();
  }

  @Test
  void oneThatHadBegunIsOver() {
    stale.isOverWhereItHadBegun();
  }
}
