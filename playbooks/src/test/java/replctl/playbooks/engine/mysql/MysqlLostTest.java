package replctl.playbooks.engine.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static replctl.playbooks.engine.mysql.RecordedMysql.facts;
import static replctl.playbooks.engine.mysql.RecordedMysql.look;
import static replctl.playbooks.engine.mysql.RecordedMysql.read;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;
import replctl.playbooks.decide.Health;
import replctl.playbooks.decide.Readiness;
import replctl.playbooks.engine.Site;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Position.Order;
import replctl.playbooks.snapshot.RecordJson;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Value;

/** A leader that is lost, by what its host and its followers still say. */
class MysqlLostTest {
  private static final NodeName MY1 = new NodeName("my1");
  private static final NodeName MY2 = new NodeName("my2");
  private static final NodeName MY3 = new NodeName("my3");
  private static final String UUID1 = "4752a50e-ec7e-11f1-bfbf-02000000000b";
  private static final String UUID2 = "47138e39-ec7e-11f1-a8ee-02000000000c";
  private static final String OLD = "11111111-ec7e-11f1-a8ee-02000000000a";

  private static Facts recorded(Facts facts, String leader) {
    LeaderRecord record =
        new LeaderRecord(
            7,
            "op-7",
            new NodeName(leader),
            List.of(MY1, MY2, MY3),
            1,
            List.of(),
            0,
            new TreeMap<>(),
            List.of());
    return facts.and(
        Facts.of(
            Map.of(
                "epoch.state",
                "read",
                "epoch.promise",
                "7",
                "epoch.record",
                RecordJson.text(record))));
  }

  @ParameterizedTest
  @CsvSource({
    // how its server is, who leads by its own host's record, what it is then
    "stopped,  my1, CLOSED_LEADER",
    "stopped,  my2, FOLLOWER",
    "starting, my1, CLOSED_LEADER",
    "starting, my2, FOLLOWER",
    "hung,     my1, LEADER",
    "hung,     my2, FOLLOWER",
    "stopping, my1, LEADER",
    "stopping, my2, FOLLOWER",
    "running,  my1, LEADER",
    "running,  my2, UNKNOWN",
    "absent,   my1, UNKNOWN",
    "unknown,  my1, UNKNOWN",
  })
  void aServerThatDoesNotAnswerIsWhatItsHostHasWrittenDown(
      String presence, String leader, Role role) {
    Facts silent = recorded(facts("stopped", "presence", presence, "sql", "refused"), leader);

    assertThat(server(read(silent, facts("errant"), facts("follower")), MY1).role())
        .isEqualTo(role);
  }

  @Test
  void withoutARecordItIsNotKnown() {
    assertThat(server(look("stopped", "errant", "follower"), MY1).role()).isEqualTo(Role.UNKNOWN);
  }

  @Test
  void aStoppedServerIsOfTheClusterThatWasNotedOfIt() {
    Facts stopped = facts("stopped", "identity.cluster", UUID1);

    assertThat(server(read(stopped, facts("errant"), facts("follower")), MY1).identity())
        .contains(UUID1);
  }

  private static Server server(Snapshot seen, NodeName node) {
    return seen.node(node).server().orElseThrow();
  }

  private static Facts follower(String executed, String received) {
    return facts("follower", "gtid.executed", executed, "channel.1.received", received);
  }

  private static Snapshot withoutLeader(Facts my2, Facts my3) {
    Map<NodeName, Answer> answers = new LinkedHashMap<>();
    answers.put(
        MY2,
        new Answer.Done(my2.and(Facts.of(Map.of("sql.server_uuid", UUID2, "server_uuid", UUID2)))));
    answers.put(MY3, new Answer.Done(my3));
    return read(3, answers);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // what my2 and my3 have applied and received; how my2 lies to my3
        "1:1-9         | 1:1-9 | 1:1-9          | 1:1-9 | EQUAL",
        "1:1-9         | 1:1-9 | 1:1-7          | 1:1-9 | EQUAL",
        "1:1-5         | 1:1-9 | 1:1-9          | 1:1-7 | EQUAL",
        "1:1-9         | 1:1-9 | 1:1-9          | 1:1-11 | BEFORE",
        "1:1-9,2:1     | 1:1-9 | 1:1-9          | 1:1-9 | DIVERGED",
        "1:1-12,2:1    | 1:1-9 | 1:1-9          | 1:1-9 | DIVERGED",
        "1:1-9,2:1     | 1:1-9 | 1:1-9,2:1      | 1:1-9 | EQUAL",
        "0:1-5,1:1-9   | 1:1-9 | 0:1-5,1:1-8    | 1:1-8 | AFTER",
      })
  void whatNobodyElseHasAndTheLostLeaderDidNotMakeIsAHistoryOfItsOwn(
      String applied2, String received2, String applied3, String received3, Order order) {
    Snapshot seen =
        withoutLeader(
            follower(set(applied2), set(received2)), follower(set(applied3), set(received3)));

    assertThat(
            server(seen, MY2)
                .position()
                .orElseThrow()
                .compare(server(seen, MY3).position().orElseThrow()))
        .isEqualTo(order);
  }

  private static String set(String brief) {
    return brief.replace("0:", OLD + ":").replace("1:", UUID1 + ":").replace("2:", UUID2 + ":");
  }

  @Test
  void whatWouldBeLostIsCountedInTransactions() {
    Facts leader =
        facts(
            "leader",
            "gtid.executed",
            UUID1 + ":1-12",
            "setting.rpl_semi_sync_source_enabled",
            "OFF");
    Snapshot seen = read(leader, facts("stopped", "server_uuid", ""), facts("follower"));

    assertThat(Readiness.of(RecordedMysql.cluster(3), seen).words())
        .endsWith("so would be what my3 had not received: 3 transactions when asked");
  }

  @ParameterizedTest
  @CsvSource({
    // sync_relay_log of the followers, and whether that is less than was asked
    "1, false",
    "10000, true"
  })
  void aFollowerThatFlushesWhatItAcknowledgesIsAllThatCanBeAsked(String flush, boolean less) {
    Snapshot seen =
        read(
            facts("leader"),
            facts("follower", "setting.sync_relay_log", flush),
            facts("follower", "setting.sync_relay_log", flush));

    for (Replication.Mode mode : List.of(Replication.Mode.SEMI_SYNC, Replication.Mode.SYNC)) {
      assertThat(new MysqlSurvey().levels().enough(mode, server(seen, MY1).acks().get().level()))
          .isEqualTo(!less);
    }
    assertThat(Health.of(RecordedMysql.cluster(3), seen, new MysqlSurvey().levels()).cluster())
        .extracting(Finding::code)
        .filteredOn("durability-weaker"::equals)
        .hasSize(less ? 1 : 0);
  }

  @Test
  void aCandidateGetsFromTheFullestAllThatThatOneHas() {
    Snapshot seen =
        withoutLeader(follower(set("1:1-5"), set("1:1-9")), follower(set("1:1-9"), set("1:1-9")));
    Step fetch = new MysqlPromotion().fetch(new Site(RecordedMysql.cluster(3), seen), MY3, MY2);

    assertThat(((Action.Run) fetch.action()).call().values())
        .containsEntry("from_host", Value.of("my2"))
        .containsEntry("from_port", Value.of("3306"))
        .containsEntry("position", Value.of(set("1:1-9")))
        .containsEntry("identity", Value.of(UUID1));
    assertThat(fetch.undo()).isEqualTo(Optional.empty());
  }
}
