package replctl.playbooks.engine.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static replctl.playbooks.engine.mysql.RecordedMysql.facts;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Ladder;
import replctl.playbooks.engine.RejoinGoal;
import replctl.playbooks.engine.Rung;
import replctl.playbooks.engine.Site;
import replctl.playbooks.world.Facts;

/**
 * my2 leads since epoch 2, my3 follows it, and my1 led before: what remains.sh and supply.sh said
 * on hosts with MySQL 9.7.4, where my1 was killed while two commits waited for an acknowledgement.
 */
class MysqlRejoinTest {
  private static final NodeName MY1 = new NodeName("my1");
  private static final NodeName MY2 = new NodeName("my2");

  /** Of my1's server, my2's and my3's. */
  private static final String U1 = "4752a50e-ec7e-11f1-bfbf-02000000000b";

  private static final String U2 = "47138e39-ec7e-11f1-a8ee-02000000000c";
  private static final String U3 = "47469248-ec7e-11f1-b75d-02000000000d";

  private static final String LEADER_HAS = U2 + ":1-3," + U1 + ":1-10";

  private static final Map<String, String> LEADER =
      Map.ofEntries(
          Map.entry("server_uuid", U2),
          Map.entry("sql.server_uuid", U2),
          Map.entry("gtid.executed", LEADER_HAS),
          Map.entry("now.executed", LEADER_HAS),
          Map.entry("plugin.clone", "ACTIVE"),
          Map.entry("opened.epoch", "2"),
          Map.entry("opened.leader", "my2"),
          Map.entry("opened.at", "2026-11-30 08:57:17 UTC"),
          Map.entry("opened.transactions", U1 + ":1-10"),
          Map.entry("identity.cluster", U1),
          Map.entry("channel.count", "0"));

  /** It does not run, and has two commits that nobody else has. */
  private static final Map<String, String> KILLED =
      Map.ofEntries(
          Map.entry("server_uuid", U1),
          Map.entry("closed", "yes"),
          Map.entry("has.exact", "no"),
          Map.entry("has.executed", U1 + ":1-12"),
          Map.entry("own.set", U1 + ":11-12"),
          Map.entry("own.whole", "yes"),
          Map.entry("own.transactions", "2"),
          Map.entry("own.first", "2026-11-30 08:57:14.021 UTC"),
          Map.entry("own.last", "2026-11-30 08:57:14.048 UTC"),
          Map.entry("own.harmless", "no"),
          Map.entry("own.what", "1 row inserted into app.t, 1 row updated in app.t"),
          Map.entry("data.bytes", "210473011"),
          Map.entry("aside.free", "80892710912"));

  private static Facts with(Facts facts, Map<String, String> more, String... otherwise) {
    Map<String, String> all = new TreeMap<>(facts.byName());
    all.putAll(more);
    for (int i = 0; i < otherwise.length; i += 2) {
      all.put(otherwise[i], otherwise[i + 1]);
    }
    all.values().removeIf(String::isEmpty);
    return Facts.of(all);
  }

  /** my1 as killed, with some facts otherwise. */
  private static RejoinGoal killed(String... otherwise) {
    return goal(with(facts("stopped"), KILLED, otherwise));
  }

  private static RejoinGoal goal(Facts my1, String... leaders) {
    Facts my2 = with(facts("leader"), LEADER, leaders);
    Facts my3 = with(facts("follower"), Map.of("server_uuid", U3, "sql.server_uuid", U3));
    return new RejoinGoal(
        new Site(RecordedMysql.cluster(3), RecordedMysql.read(my1, my2, my3)),
        MY1,
        MY2,
        MY2,
        false);
  }

  private static Ladder ladder(RejoinGoal goal) {
    return MysqlRejoinLadder.of(new MysqlRemains(goal));
  }

  private static List<String> standing(RejoinGoal goal) {
    return ladder(goal).rungs().stream().filter(Rung::stands).map(Rung::name).toList();
  }

  private static String against(RejoinGoal goal, String way) {
    return String.join("; ", ladder(goal).named(way).orElseThrow().against());
  }

  /** It receives on, so that it looks like one that streams; rejoin has it apply again. */
  @Test
  void oneWhoseApplierHasStoppedDoesNotFollow() {
    Map<String, String> follower =
        Map.of(
            "server_uuid", U1,
            "sql.server_uuid", U1,
            "channel.1.host", "my2",
            "channel.1.source_uuid", U2,
            "identity.cluster", U1,
            "has.exact", "yes");
    MysqlRejoin rejoin = new MysqlRejoin(new MysqlSetup());

    String[] sends = {"sender.1.uuid", U1};
    Facts applies = with(facts("follower"), follower);
    Facts stopped = with(applies, Map.of("channel.1.applier", "OFF"));

    assertThat(rejoin.follows(goal(applies, sends))).isTrue();
    assertThat(rejoin.follows(goal(stopped, sends))).isFalse();
  }

  @Test
  void commitsThatNobodyAcknowledgedAreToldAndEndInACopy() {
    RejoinGoal goal = killed();

    assertThat(standing(goal)).containsExactly("clone");
    assertThat(ladder(goal).tail())
        .contains(
            "my1 has 2 transactions that my2 has not, "
                + U1
                + ":11-12, committed from 2026-11-30 08:57:14.021 UTC to 2026-11-30 08:57:14.048"
                + " UTC: 1 row inserted into app.t, 1 row updated in app.t");
    assertThat(against(goal, "follow"))
        .isEqualTo("my1 has 2 transactions of its own, which my2 lacks");
    assertThat(against(goal, "inject")).contains("the two would differ unseen");
  }

  /** What its logs say, and which ways are open then. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          has.executed | U1:1-10 | follow clone
          has.executed | U1:1-9  | follow clone
          own.harmless | yes     | inject clone
          own.whole    | no      | clone
          own.transactions | 1   | clone
          own.set      | U1:11   | clone
          aside.free   | 1000    |
          closed       | no      |
          closed       |         |
          has.exact    |         | clone
          """)
  void theWaysThatAreOpenFollowFromWhatWasFound(String fact, String value, String ways) {
    String text = value == null ? "" : value.replace("U1", U1);
    RejoinGoal goal = killed("own.harmless", harmless(fact), fact, text);

    assertThat(standing(goal))
        .containsExactlyElementsOf(
            Stream.ofNullable(ways).flatMap(w -> Stream.of(w.split(" "))).toList());
  }

  /** Only what was read in part is called harmless, so that it is the part that counts. */
  private static String harmless(String fact) {
    return List.of("own.whole", "own.transactions", "own.set").contains(fact) ? "yes" : "no";
  }

  @Test
  void oldDataForWhichThereIsNoRoomGoesOnlyIfSo() {
    RejoinGoal goal = killed("aside.free", "1000");
    assertThat(against(goal, "clone")).contains("--replace");

    RejoinGoal typed = new RejoinGoal(goal.site(), MY1, MY2, MY2, true);
    assertThat(standing(typed)).containsExactly("clone");
    assertThat(ladder(typed).notes()).anyMatch(n -> n.contains("is deleted and not kept"));
  }

  @Test
  void whatTheLeaderHasPurgedCanNotBeFollowedFor() {
    RejoinGoal goal =
        goal(
            with(facts("stopped"), KILLED, "has.executed", U1 + ":1-9", "own.set", ""),
            "now.purged",
            U1 + ":1-10");

    assertThat(standing(goal)).containsExactly("clone");
    assertThat(against(goal, "follow")).contains("have no more what my1 lacks: " + U1 + ":10");
  }

  @Test
  void whatAStoppedServerWasCopiedWithCountsAsHad() {
    RejoinGoal goal =
        goal(
            with(facts("stopped"), KILLED, "has.executed", U1 + ":7-10", "own.set", ""),
            "now.purged",
            U1 + ":1-8");

    assertThat(standing(goal)).containsExactly("follow", "clone");
    assertThat(ladder(goal).notes()).anyMatch(n -> n.contains("is looked at again when it runs"));
  }

  @Test
  void whatWasReceivedAndNotAppliedIsDropped() {
    RejoinGoal goal = killed("has.executed", U1 + ":1-10", "has.received", U1 + ":5-11");

    assertThat(standing(goal)).containsExactly("follow", "clone");
    assertThat(ladder(goal).tail())
        .contains("my1 has received and not applied 1 transaction that my2 has not, " + U1 + ":11");
  }

  @Test
  void theLeadersOwnNewTransactionsAreNobodysTail() {
    // It was not asked again: it may have made those since it was asked.
    RejoinGoal goal =
        goal(
            with(facts("stopped"), KILLED, "has.executed", U1 + ":1-10," + U2 + ":1-9"),
            "now.executed",
            "");

    assertThat(ladder(goal).tail()).isEmpty();
  }

  @Test
  void whatALeaderHasLostItselfIsATail() {
    RejoinGoal goal = killed("has.executed", U1 + ":1-10," + U2 + ":1-9", "own.set", U2 + ":4-9");

    assertThat(ladder(goal).tail()).hasValueSatisfying(t -> assertThat(t).contains(U2 + ":4-9"));
    assertThat(new MysqlRemains(goal).compared().contains(new MysqlRemains(goal).own())).isFalse();
  }

  /** By the record that its own host has, and by what those have who could acknowledge. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          my1 | 1 | U1:1-10 | no client was told that it is done
          my1 | 1 | U1:1-11 | clients may have been told
          my1 | 0 | U1:1-10 | waited for nobody
          my3 | 1 | U1:1-10 | no record of the time when it led
          """)
  void whetherClientsWereTold(String led, int acks, String my3Has, String words) {
    String record =
        "{\"epoch\":1,\"operation\":\"op-1\",\"leader\":\""
            + led
            + "\",\"voters\":[\"my1\",\"my2\",\"my3\"],\"votersVersion\":1,\"ackers\":[\"my2\","
            + "\"my3\"],\"acks\":"
            + acks
            + ",\"closed\":{},\"debts\":[]}";
    Facts my1 =
        with(
            facts("stopped"),
            KILLED,
            "epoch.state",
            "read",
            "epoch.votes",
            "yes",
            "epoch.promise",
            "1",
            "epoch.operation",
            "op-1",
            "epoch.open",
            "no",
            "epoch.record",
            record);
    Facts my3 =
        with(
            facts("follower"),
            Map.of(
                "server_uuid",
                U3,
                "gtid.executed",
                my3Has.replace("U1", U1),
                "channel.1.received",
                my3Has.replace("U1", U1)));
    RejoinGoal goal =
        new RejoinGoal(
            new Site(
                RecordedMysql.cluster(3),
                RecordedMysql.read(my1, with(facts("leader"), LEADER), my3)),
            MY1,
            MY2,
            MY2,
            false);

    assertThat(ladder(goal).notes()).anyMatch(n -> n.contains(words));
  }

  @Test
  void oneThatLeavesIsKnownByItsServersName() {
    Site site =
        new Site(
            RecordedMysql.cluster(3),
            RecordedMysql.read(
                facts("leader"),
                facts("follower", "server_uuid", U2, "sql.server_uuid", U2),
                facts("follower", "server_uuid", U3, "sql.server_uuid", U3)));
    MysqlLeaving leaving = new MysqlLeaving();

    assertThat(leaving.feeds(site, MY1, new NodeName("my3"))).isTrue();
    assertThat(leaving.feeds(site, MY2, new NodeName("my3"))).isFalse();
  }
}
