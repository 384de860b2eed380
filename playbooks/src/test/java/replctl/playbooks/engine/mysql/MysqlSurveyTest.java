package replctl.playbooks.engine.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static replctl.playbooks.engine.mysql.RecordedMysql.facts;
import static replctl.playbooks.engine.mysql.RecordedMysql.look;
import static replctl.playbooks.engine.mysql.RecordedMysql.read;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.inventory.NodeName;
import replctl.playbooks.decide.Readiness;
import replctl.playbooks.decide.candidate.Candidate;
import replctl.playbooks.decide.candidate.Candidates;
import replctl.playbooks.decide.candidate.Check;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.Lag;
import replctl.playbooks.snapshot.Lag.Cause;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Position.Order;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Server.Sync;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Trouble;

/** What real servers' answers mean together: each case is one look. */
class MysqlSurveyTest {
  private static final NodeName MY1 = new NodeName("my1");
  private static final NodeName MY2 = new NodeName("my2");
  private static final NodeName MY3 = new NodeName("my3");
  private static final String UUID1 = "4752a50e-ec7e-11f1-bfbf-02000000000b";
  private static final String UUID3 = "47469248-ec7e-11f1-b75d-02000000000d";

  private static Server server(Snapshot seen, NodeName node) {
    return seen.node(node).server().orElseThrow();
  }

  private static List<String> codes(Server server) {
    return server.findings().stream().map(Finding::code).toList();
  }

  /** my1 leads, my3 follows it and has all: with one fact of each otherwise. */
  private static Snapshot pair(Facts leader, Facts follower) {
    return read(leader, facts("stopped", "server_uuid", ""), follower);
  }

  @Test
  void aLeaderAndAFollowerThatHasAll() {
    Snapshot seen = look("leader", "errant", "follower");

    assertThat(seen.leader().map(NodeView::name)).contains(MY1);
    Server leader = server(seen, MY1);
    assertThat(leader.presence()).isEqualTo(Presence.RUNNING);
    assertThat(leader.role()).isEqualTo(Role.LEADER);
    assertThat(leader.version()).contains("9.7.4");
    assertThat(leader.position().orElseThrow().text()).isEqualTo(UUID1 + ":1-9");
    assertThat(leader.position().orElseThrow().brief()).isEqualTo("4752a50e:1-9");
    assertThat(leader.acks())
        .contains(
            new Acks(
                1,
                Acks.Level.FLUSHED,
                false,
                List.of(MY2, MY3),
                List.of(),
                false,
                List.of("my2", "my3"),
                Optional.of(Duration.ofMinutes(10))));
    assertThat(codes(leader)).isEmpty();
    Server follower = server(seen, MY3);
    assertThat(follower.role()).isEqualTo(Role.FOLLOWER);
    assertThat(follower.upstream()).contains(MY1);
    assertThat(follower.streaming()).contains(true);
    assertThat(follower.sync()).isEqualTo(Sync.ACKS);
    assertThat(follower.position().orElseThrow().compare(leader.position().orElseThrow()))
        .isEqualTo(Order.EQUAL);
    assertThat(follower.lag())
        .isEqualTo(
            new Lag(
                OptionalLong.of(0),
                OptionalLong.of(0),
                Optional.of(Duration.ZERO),
                Cause.NONE,
                Optional.empty()));
    assertThat(codes(follower)).isEmpty();
  }

  /** Nothing was written into the data yet that would say whose it is. */
  @Test
  void whoFollowsOneLeaderIsOfOneCluster() {
    Snapshot seen = look("leader", "errant", "follower");

    for (NodeName node : List.of(MY1, MY2, MY3)) {
      assertThat(server(seen, node).identity()).contains(UUID1);
    }
    Snapshot named =
        pair(
            facts("leader", "identity.cluster", "c1"), facts("follower", "identity.cluster", "c1"));
    assertThat(server(named, MY3).identity()).contains("c1");
    // Its leader does not answer, and its channel still knows whom it received from.
    Snapshot alone = read(3, Map.of(MY3, new Answer.Done(facts("follower"))));
    assertThat(server(alone, MY3).identity()).contains(UUID1);
    // Two that lead are of two clusters.
    Snapshot two =
        pair(facts("leader"), facts("follower", "channel.count", "0", "writable", "yes"));
    assertThat(server(two, MY3).identity()).contains(UUID3);
  }

  @Test
  void whoHasAllMayLeadAndWhoHasMoreMayNot() {
    Snapshot seen = look("leader", "errant", "follower");
    Candidates candidates = Candidates.of(RecordedMysql.cluster(3), seen);

    assertThat(candidates.best().map(Candidate::node)).contains(MY3);
    assertThat(candidates.ranked().get(1).against())
        .extracting(Check::words)
        .containsExactly("its history parted from the leader's: it is at 4752a50e:1-9 +1");
    assertThat(Readiness.of(RecordedMysql.cluster(3), seen).words())
        .isEqualTo(
            "my3 would lead after a switchover; if my1 were lost now, what would be lost with it is"
                + " not known: an acknowledged write may be on my2 only, and what is there is not"
                + " seen");
  }

  @Test
  void whatAFollowerAloneHasIsNamed() {
    Server errant = server(look("leader", "errant", "follower"), MY2);

    assertThat(codes(errant)).containsExactly("errant");
    assertThat(errant.findings().get(0).text())
        .contains("it has 2 transactions", "47138e39-ec7e-11f1-a8ee-02000000000c:1-2");
    assertThat(errant.position().orElseThrow().brief()).isEqualTo("4752a50e:1-9 +1");
  }

  /** The leader was asked a moment before: what it wrote since is nobody's own. */
  @Test
  void whatTheLeaderWroteSinceItWasAskedIsNotErrant() {
    Server follower = server(look("leader", "errant", "conflict"), MY3);

    assertThat(codes(follower)).doesNotContain("errant");
  }

  @Test
  void anApplierThatWasStopped() {
    Server follower = server(look("leader-ahead", "errant", "applier-stopped"), MY3);

    assertThat(follower.lag())
        .isEqualTo(
            new Lag(
                OptionalLong.empty(),
                OptionalLong.of(0),
                Optional.empty(),
                Cause.PAUSED,
                Optional.of("its applier was stopped")));
    assertThat(codes(follower)).containsExactly("applier-stopped");
    assertThat(follower.position().orElseThrow().text()).isEqualTo(UUID1 + ":1-10");
    assertThat(follower.applied().orElseThrow().text()).isEqualTo(UUID1 + ":1-9");
  }

  @Test
  void anApplierThatIsStuck() {
    Lag lag = server(look("leader-more", "errant", "stuck"), MY3).lag();

    assertThat(lag.cause()).isEqualTo(Cause.APPLY);
    assertThat(lag.received()).isEqualTo(OptionalLong.of(0));
    assertThat(lag.bytes()).isEmpty();
    assertThat(lag.time().orElseThrow())
        .isBetween(Duration.ofMillis(2382), Duration.ofMillis(2383));
    assertThat(lag.why().orElseThrow()).startsWith("1 transaction received and not applied yet");
  }

  /**
   * Under load some transaction is always between two appliers' hands, or on its way: it is no
   * older than what was applied before it, and not older than what was heard last.
   */
  @ParameterizedTest
  @CsvSource({
    // received; age of what was applied last, of what was heard last, ms; what is shown
    "1-11, 12,   500, 12",
    "1-11, 4000, 500, ",
    "1-10, 12,   500, 12",
    "1-10, 4000, 500, 500",
    "1-9,  12,   500, 12",
    "1-9,  4000, 500, 500"
  })
  void whatIsUnderWayIsBounded(String received, String applied, String heard, Long shown) {
    Facts follower =
        facts(
            "follower",
            "channel.1.received",
            UUID1 + ":" + received,
            "channel.1.applied_age",
            applied,
            "channel.1.heartbeat_age",
            heard,
            "channel.1.queued_age",
            heard);
    Facts leader = facts("leader", "gtid.executed", UUID1 + ":1-12");

    assertThat(server(pair(leader, follower), MY3).lag().time().map(Duration::toMillis))
        .isEqualTo(Optional.ofNullable(shown));
  }

  /** By the leader's clock, when its transaction was committed; by the follower's, what is now. */
  @ParameterizedTest
  @CsvSource({
    // the follower's clock against the operator's, ms; what is shown
    "0, 2382",
    "1000, 1382",
    "-1000, 3382",
    "9000, 0",
  })
  void clocksThatDifferAreTakenOut(long ahead, long shown) {
    Facts leader =
        facts("leader-more", "clock_ms", "5000", "asked_ms", "4000", "answered_ms", "6000");
    Facts stuck =
        facts(
            "stuck",
            "clock_ms",
            Long.toString(15000 + ahead),
            "asked_ms",
            "14000",
            "answered_ms",
            "16000");

    assertThat(server(pair(leader, stuck), MY3).lag().time().orElseThrow().toMillis())
        .isEqualTo(shown);
  }

  @Test
  void whereMysqlCountsThemTheBytesAreKnown() {
    Lag lag =
        server(pair(facts("leader-more"), facts("stuck", "channel.1.pending_bytes", "512")), MY3)
            .lag();

    assertThat(lag.bytes()).isEqualTo(OptionalLong.of(512));
  }

  @Test
  void whoHoldsTheApplierIsNamed() {
    Facts stuck =
        facts(
            "stuck",
            "channel.1.blocker.id",
            "57",
            "channel.1.blocker.user",
            "app",
            "channel.1.blocker.age",
            "3000");
    Lag lag = server(pair(facts("leader-more"), stuck), MY3).lag();

    assertThat(lag.cause()).isEqualTo(Cause.QUERY);
    assertThat(lag.why())
        .contains(
            "its applier waits for a lock of connection 57 of app, whose statement began 3 s ago");
  }

  @Test
  void aTransactionThatCannotBeApplied() {
    Server follower = server(look("leader-conflict", "errant", "conflict"), MY3);

    assertThat(follower.lag().cause()).isEqualTo(Cause.APPLY);
    assertThat(follower.lag().why()).contains("its applier stopped at error 1062");
    assertThat(follower.findings().get(0).text())
        .startsWith("its applier stopped at error 1062: Worker 1 failed");
  }

  /** Seconds_Behind_Source says 0 of it. */
  @Test
  void aLinkOnWhichNothingIsHeardIsNoZero() {
    Server follower = server(look("leader-conflict", "errant", "link-frozen"), MY3);

    assertThat(follower.lag().time()).isEmpty();
    assertThat(follower.lag().cause()).isEqualTo(Cause.LINK);
    assertThat(follower.lag().why()).contains("nothing was heard on its channel for 5 s");
  }

  @Test
  void oneThatIsNotConnected() {
    Server follower =
        server(
            pair(
                facts("leader"),
                facts(
                    "follower",
                    "channel.1.state",
                    "CONNECTING",
                    "channel.1.error",
                    "2003",
                    "channel.1.error_text",
                    "can't connect")),
            MY3);

    assertThat(follower.streaming()).contains(false);
    assertThat(follower.lag().cause()).isEqualTo(Cause.NOT_STREAMING);
    assertThat(follower.lag().why())
        .contains("it does not stream from my1: error 2003, can't connect");
  }

  @Test
  void aConnectionThatTheOtherSideDoesNotKnow() {
    Server follower =
        server(
            pair(facts("leader", "sender.2.uuid", UUID1, "sender.count", "2"), facts("follower")),
            MY3);

    assertThat(follower.streaming()).contains(false);
    assertThat(follower.lag().why())
        .contains("it waits from my1 on a connection that the other side does not know");
  }

  /** Of a server that is stopped the disk does not tell whether it led. */
  @Test
  void oneThatIsStopped() {
    Server stopped = server(look("leader", "errant", "stopped"), MY3);

    assertThat(stopped.presence()).isEqualTo(Presence.STOPPED);
    assertThat(stopped.role()).isEqualTo(Role.UNKNOWN);
    assertThat(stopped.version()).contains("9.7.4");
    assertThat(stopped.position()).isEmpty();
    assertThat(stopped.lag()).isEqualTo(Lag.UNKNOWN);
  }

  @Test
  void oneThatIsClosedAndReceivesFromNobody() {
    Server closed = server(pair(facts("leader", "writable", "no"), facts("follower")), MY1);

    assertThat(closed.role()).isEqualTo(Role.CLOSED_LEADER);
    assertThat(closed.acks()).isEmpty();
  }

  /** Each is one fact of a healthy leader or follower that is otherwise. */
  @ParameterizedTest
  @CsvSource({
    "follower, setting.super_read_only, OFF, not-closed",
    "follower, file.super_read_only, OFF, starts-writable",
    "follower, persisted.super_read_only, OFF, starts-writable",
    "follower, setting.gtid_mode, OFF_PERMISSIVE, gtid-mode",
    "follower, setting.binlog_format, STATEMENT, binlog-format",
    "follower, setting.log_replica_updates, OFF, log-replica-updates",
    "follower, channel.1.auto_position, 0, no-auto-position",
    "follower, channel.1.retry_count, 10, few-retries",
    "follower, channel.count, 2, ",
    "follower, events.enabled, 3, events",
    "follower, setting.server_id, 1, same-server-id",
    "follower, sql.server_uuid, 4752a50e-ec7e-11f1-bfbf-02000000000b, same-uuid",
    "leader, status.rpl_semi_sync_source_status, OFF, semi-sync-off",
    "leader, setting.enforce_gtid_consistency, WARN, enforce-gtid-consistency",
    "leader, gtid.purged, 47138e39-ec7e-11f1-a8ee-02000000000c:7, ",
  })
  void oneThingIsWrong(String which, String fact, String text, String code) {
    boolean leader = which.equals("leader");
    Snapshot seen =
        leader
            ? pair(facts("leader", fact, text), facts("follower"))
            : pair(facts("leader"), facts("follower", fact, text));

    List<String> found = codes(server(seen, leader ? MY1 : MY3));
    if (code == null) {
      assertThat(found).isEmpty();
    } else {
      assertThat(found).containsExactly(code);
    }
  }

  /** What is persisted counts before the files. */
  @Test
  void aPersistedSettingHidesTheFiles() {
    Snapshot seen =
        pair(
            facts("leader"),
            facts("follower", "file.super_read_only", "OFF", "persisted.super_read_only", "ON"));

    assertThat(codes(server(seen, MY3))).isEmpty();
  }

  @Test
  void whatItLacksAndTheLeaderHasNoMore() {
    Server follower =
        server(
            pair(
                facts("leader-conflict", "gtid.purged", UUID1 + ":1-12"),
                facts("follower", "channel.1.state", "OFF")),
            MY3);

    assertThat(codes(follower)).containsExactly("log-gone");
    assertThat(follower.findings().get(0).text())
        .contains("it lacks 3 transactions", UUID1 + ":10-12");
  }

  /** A leader that has waited too long acknowledges by itself: nobody is waited for. */
  @Test
  void aLeaderThatFellBackWaitsForNobody() {
    Snapshot seen =
        pair(facts("leader", "status.rpl_semi_sync_source_status", "OFF"), facts("follower"));

    assertThat(server(seen, MY1).acks()).contains(Acks.NONE);
    assertThat(server(seen, MY3).sync()).isEqualTo(Sync.ASYNC);
  }

  @Test
  void anAckerThatDoesNotSyncItsRelayLogHasItInMemoryAlone() {
    Snapshot seen = pair(facts("leader"), facts("follower", "setting.sync_relay_log", "10000"));

    assertThat(server(seen, MY1).acks().orElseThrow().level()).isEqualTo(Acks.Level.RECEIVED);
  }

  /** MySQL 8.0.25 and older call it otherwise. */
  @Test
  void theOldNamesOfSemiSyncAreRead() {
    Snapshot seen =
        pair(
            facts(
                "leader",
                "setting.rpl_semi_sync_source_enabled",
                "",
                "setting.rpl_semi_sync_master_enabled",
                "ON",
                "setting.rpl_semi_sync_source_wait_for_replica_count",
                "",
                "setting.rpl_semi_sync_master_wait_for_slave_count",
                "1",
                "status.rpl_semi_sync_source_status",
                "",
                "status.rpl_semi_sync_master_status",
                "ON",
                "status.rpl_semi_sync_source_clients",
                "",
                "status.rpl_semi_sync_master_clients",
                "1"),
            facts(
                "follower",
                "setting.rpl_semi_sync_replica_enabled",
                "",
                "setting.rpl_semi_sync_slave_enabled",
                "ON",
                "status.rpl_semi_sync_replica_status",
                "",
                "status.rpl_semi_sync_slave_status",
                "ON"));

    assertThat(server(seen, MY1).acks().orElseThrow().present()).containsExactly("my3");
  }

  @Test
  void whoIsNotLetInSaysWhatToGrant() {
    Facts denied =
        facts(
            "stopped",
            "presence",
            "running",
            "sql",
            "refused",
            "sql_error",
            "ERROR 1045 (28000): Access denied",
            "sql_error_number",
            "1045");
    Server server = server(read(denied), MY1);

    assertThat(server.role()).isEqualTo(Role.UNKNOWN);
    assertThat(codes(server)).containsExactly("sql-refused");
    assertThat(server.findings().get(0).cure())
        .contains("create user 'mysql'@'localhost' identified with auth_socket");
  }

  /** An account that may not read all: whether it receives from anybody is then not known. */
  @Test
  void whatWasNotAnsweredIsNotTakenForNothing() {
    Server follower =
        server(
            pair(
                facts("leader"),
                facts(
                    "follower",
                    "channel.count",
                    "",
                    "sql_error",
                    "ERROR 1142 (42000) at line 20: SELECT command denied",
                    "sql_error_number",
                    "1142")),
            MY3);

    assertThat(follower.role()).isEqualTo(Role.UNKNOWN);
    assertThat(codes(follower)).contains("sql-partial");
  }

  @Test
  void aHostThatDoesNotAnswerIsKnownByTheOthers() {
    Snapshot seen =
        read(
            3,
            Map.of(
                MY1,
                Answer.unknown(Trouble.SILENT, "no answer"),
                MY3,
                new Answer.Done(facts("follower"))));

    assertThat(seen.node(MY1).contact().words()).contains("my3 still receives from it");
    assertThat(server(seen, MY3).upstream()).contains(MY1);
    assertThat(server(seen, MY3).lag().time()).isEmpty();
  }

  /** A follower of a follower is behind the leader. */
  @Test
  void aCascade() {
    Snapshot seen =
        read(
            facts("leader-ahead"),
            facts("follower", "sender.count", "1", "sender.1.uuid", UUID3, "machine_id", "two"),
            facts(
                "started",
                "channel.1.source_uuid",
                "47469248-ec7e-11f1-b75d-02000000000d",
                "sql.server_uuid",
                "47138e39-ec7e-11f1-a8ee-02000000000c"));

    assertThat(server(seen, MY3).upstream()).contains(MY2);
    assertThat(server(seen, MY2).upstream()).contains(MY1);
  }

  /** Longer than can be read is not none. */
  @Test
  void whatWasReceivedAndCannotBeReadIsUnknown() {
    Facts cut = facts("follower", "channel.1.received", "", "channel.1.received_cut", "yes");
    Server follower = server(pair(facts("leader"), cut), MY3);

    assertThat(follower.position()).isEmpty();
    assertThat(follower.lag().received()).isEmpty();
  }

  @Test
  void gibberishIsUnknown() {
    Snapshot seen = pair(facts("leader", "gtid.executed", "1; drop table x"), facts("follower"));

    assertThat(server(seen, MY1).position()).isEmpty();
    assertThat(server(seen, MY3).lag().time()).isEmpty();
    assertThat(server(seen, MY3).lag().bytes()).isEmpty();
  }
}
