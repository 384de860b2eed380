package replctl.playbooks.engine.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static replctl.playbooks.engine.mysql.RecordedMysql.facts;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.engine.Site;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.RecordJson;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Value;

/** Who acknowledges is written down before he does, and struck off after. */
class MysqlAcknowledgingTest {
  private static final NodeName MY1 = new NodeName("my1");
  private static final NodeName MY2 = new NodeName("my2");
  private static final NodeName MY3 = new NodeName("my3");

  private static SetupGoal goal(String ackers, Facts joins) {
    List<NodeName> recorded =
        Arrays.stream(ackers.split(" ")).filter(a -> !a.isEmpty()).map(NodeName::new).toList();
    LeaderRecord record =
        new LeaderRecord(
            7,
            "op-7",
            MY1,
            List.of(MY1, MY2),
            1,
            recorded,
            recorded.isEmpty() ? 0 : 1,
            new TreeMap<>(),
            List.of());
    Facts leader =
        facts("leader")
            .and(
                Facts.of(
                    Map.of(
                        "epoch.state", "read",
                        "epoch.promise", "7",
                        "epoch.record", RecordJson.text(record))));
    Site site =
        new Site(
            RecordedMysql.cluster(3),
            RecordedMysql.read(leader, facts("stopped", "server_uuid", ""), joins));
    return new SetupGoal(site, MY1, List.of(MY1, MY2, MY3), SetupGoal.Policy.CAUTIOUS);
  }

  @ParameterizedTest
  @CsvSource({
    // who is recorded, whether my3 follows, and has its setting on; what is told it when it joins
    "my2,     false, true,  no,  acknowledging-my3 acknowledge-my3",
    "my2,     true,  true,  no,  acknowledging-my3 acknowledge-my3",
    "my2,     true,  false, no,  acknowledging-my3 acknowledge-my3",
    "my2 my3, false, true,  '',  ''",
    "my2 my3, true,  false, '',  acknowledge-my3",
    "'',      false, true,  '',  ''",
  })
  void oneThatJoinsBeginsOnceItIsRecorded(
      String recorded, boolean follows, boolean on, String atFirst, String then) {
    Facts joins =
        follows
            ? facts("follower", "setting.rpl_semi_sync_replica_enabled", on ? "ON" : "OFF")
            : facts("stopped", "server_uuid", "");
    SetupGoal goal = goal(recorded, joins);

    Step follow =
        new MysqlFollow(new MysqlScripts(goal.site(), MY1), MY3, MY1)
            .follow(MysqlFollow.Stopped.REFUSED, MysqlAcknowledging.recorded(goal.site(), MY3));

    Map<String, Value> told = ((Action.Run) follow.action()).call().values();
    assertThat(told.getOrDefault("acknowledges", Value.of(""))).isEqualTo(Value.of(atFirst));
    assertThat(new MysqlAcknowledging(goal, MY3).steps(true).stream().map(Step::name))
        .isEqualTo(then.isEmpty() ? List.of() : List.of(then.split(" ")));
  }

  @ParameterizedTest
  @CsvSource({"true, true, 1", "true, false, 0", "false, true, 0"})
  void oneThatLeavesEndsThatFirst(boolean follows, boolean on, int steps) {
    Facts leaves =
        follows
            ? facts("follower", "setting.rpl_semi_sync_replica_enabled", on ? "ON" : "OFF")
            : facts("stopped", "server_uuid", "");

    assertThat(new MysqlAcknowledging(goal("my2 my3", leaves), MY3).steps(false)).hasSize(steps);
  }
}
