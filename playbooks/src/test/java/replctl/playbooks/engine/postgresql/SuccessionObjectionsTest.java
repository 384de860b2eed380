package replctl.playbooks.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import replctl.inventory.NodeName;
import replctl.playbooks.decide.Scene;
import replctl.playbooks.engine.Site;

class SuccessionObjectionsTest {
  @Test
  void slotsOfOthersLeaveNoRoomForTheFollowers() {
    assertThat(
            against(
                Map.of(
                    "setting.max_replication_slots", "3",
                    "slot.count", "2",
                    "slot.1.name", "cdc",
                    "slot.2.name", "backup")))
        .containsExactly("pg2 has max_replication_slots = 3 for 2 followers and 2 slots of others");
  }

  @Test
  void aFollowersOwnSlotIsUsedAgain() {
    assertThat(
            against(
                Map.of(
                    "setting.max_replication_slots", "2",
                    "slot.count", "2",
                    "slot.1.name", "replctl_pg1",
                    "slot.2.name", "replctl_pg3")))
        .isEmpty();
  }

  @Test
  void everyFollowerNeedsASenderAndACloneOneMore() {
    assertThat(against(Map.of("setting.max_wal_senders", "2")))
        .containsExactly("pg2 has max_wal_senders = 2 for 2 followers");
    assertThat(against(Map.of("setting.max_wal_senders", "3"))).isEmpty();
  }

  @Test
  void aFollowerWithLessThanTheNextLeaderCouldNotFollow() {
    Scene scene =
        Scene.healthy()
            .facts("pg2", Map.of("setting.max_connections", "200"))
            .facts("pg3", Map.of("setting.max_connections", "100"));
    assertThat(against(scene))
        .containsExactly("pg3 has max_connections = 100, less than pg2's 200: it could not follow");
  }

  @Test
  void whoLeadsReadsItsFilesWhenItIsStartedAgainAsAFollower() {
    Scene scene =
        Scene.healthy()
            .facts("pg1", Map.of("setting.max_connections", "100"))
            .facts("pg2", Map.of("setting.max_connections", "200"));
    assertThat(against(scene)).hasSize(1);
    assertThat(against(scene.facts("pg1", Map.of("setting_after.max_connections", "200"))))
        .isEmpty();
    assertThat(against(scene.facts("pg1", Map.of("setting_after.max_connections", "150"))))
        .containsExactly("pg1 has max_connections = 150, less than pg2's 200: it could not follow");
  }

  @Test
  void aLongArchiverBacklogIsNamed() {
    assertThat(against(Scene.healthy().facts("pg1", Map.of("archiver.backlog", "65"))))
        .containsExactly("pg1 has 65 segments that are not archived yet (limit 64)");
  }

  private static List<String> against(Map<String, String> candidate) {
    return against(Scene.healthy().facts("pg2", candidate));
  }

  private static List<String> against(Scene scene) {
    return SuccessionObjections.of(
        new Site(scene.cluster(), scene.seen()), new NodeName("pg1"), new NodeName("pg2"));
  }
}
