package replctl.playbooks.sim.postgresql;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import replctl.playbooks.sim.FullDisk;

/** A host's disk is full. */
class FullDiskTest {
  @Test
  void aHandOverSurvivesIt() {
    FullDisk.isSurvived(Cases.SWITCHOVER_SEMI_SYNC, 60);
  }

  @Test
  void aFailoverSurvivesIt() {
    FullDisk.isSurvived(Cases.FAILOVER_SEMI_SYNC, 40);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pg1", "pg2"})
  void aHandOverFromOrToItIsRefusedBeforeAnythingChanges(String node) {
    FullDisk.refusesAtOnce(Cases.SWITCHOVER_SEMI_SYNC, node);
  }

  @Test
  void whatItRefusedNeedsNoWayBack() {
    FullDisk.isUndoneWithoutIt(Cases.SWITCHOVER_SEMI_SYNC, "pg2");
  }

  @Test
  void whatItsServerWouldHaveToTakeBackIsLetGo() {
    FullDisk.isOverWithoutItsServer(Cases.SWITCHOVER_SEMI_SYNC, "pg2");
  }
}
