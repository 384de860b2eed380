package replctl.playbooks.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.inventory.NodeName;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.Lag;
import replctl.playbooks.snapshot.Lag.Cause;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Server.Sync;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Trouble;

/** What real servers' answers mean together: each case is one look. */
class PostgresqlSurveyTest {
  private static final NodeName PG1 = new NodeName("pg1");
  private static final NodeName PG2 = new NodeName("pg2");
  private static final NodeName PG3 = new NodeName("pg3");

  private static Server server(Snapshot seen, NodeName node) {
    return seen.node(node).server().orElseThrow();
  }

  private static List<String> codes(Server server) {
    return server.findings().stream().map(Finding::code).toList();
  }

  @Test
  void aLeaderAndTwoFollowersThatHaveAll() {
    Snapshot seen = Recorded.look("leader", "follower", "follower3");

    assertThat(seen.leader().map(NodeView::name)).contains(PG1);
    Server leader = server(seen, PG1);
    assertThat(leader.presence()).isEqualTo(Presence.RUNNING);
    assertThat(leader.role()).isEqualTo(Role.LEADER);
    assertThat(leader.version()).contains("15.18");
    assertThat(leader.upstream()).isEmpty();
    assertThat(leader.acks())
        .contains(
            new Acks(
                1,
                Acks.Level.FLUSHED,
                false,
                List.of(PG2, PG3),
                List.of(),
                false,
                List.of("pg2", "pg3")));
    for (NodeName follower : List.of(PG2, PG3)) {
      Server server = server(seen, follower);
      assertThat(server.role()).isEqualTo(Role.FOLLOWER);
      assertThat(server.upstream()).contains(PG1);
      assertThat(server.streaming()).contains(true);
      assertThat(server.sync()).isEqualTo(Sync.ACKS);
      // A record was written between the two questions: more than all is no lag.
      assertThat(server.position().orElseThrow().bytesPast(leader.position().orElseThrow()))
          .isEqualTo(OptionalLong.of(0x38));
      assertThat(server.identity()).isEqualTo(leader.identity());
      assertThat(server.lag())
          .isEqualTo(
              new Lag(
                  OptionalLong.of(0),
                  OptionalLong.of(0),
                  Optional.of(Duration.ZERO),
                  Cause.NONE,
                  Optional.empty()));
    }
  }

  @Test
  void pausedReplay() {
    Lag lag = server(Recorded.look("leader-ahead", "follower", "paused"), PG3).lag();

    assertThat(lag.cause()).isEqualTo(Cause.PAUSED);
    assertThat(lag.bytes()).isEqualTo(OptionalLong.of(0x4CB8638L - 0x407A320L));
    assertThat(lag.received()).isEqualTo(OptionalLong.of(0));
    assertThat(lag.why()).contains("replay is paused");
  }

  @Test
  void aQueryThatHoldsReplay() {
    Lag lag = server(Recorded.look("leader-waited", "waiting", "follower3"), PG2).lag();

    assertThat(lag.cause()).isEqualTo(Cause.QUERY);
    assertThat(lag.why()).contains("replay waits for a query of pid 953, 4.6 s old");
    assertThat(lag.bytes()).isEqualTo(OptionalLong.of(0x7C82E58L - 0x6A20468L));
  }

  @Test
  void aLockThatHoldsReplay() {
    Lag lag = server(Recorded.look("leader-waited", "locked", "follower3"), PG2).lag();

    assertThat(lag.cause()).isEqualTo(Cause.QUERY);
    assertThat(lag.why()).contains("replay waits for a query of pid 30674, 3.5 s old");
  }

  @Test
  void aFrozenServerMayStillWrite() {
    Server hung = server(Recorded.look("leader", "follower", "hung"), PG3);

    assertThat(hung.presence()).isEqualTo(Presence.HUNG);
    assertThat(hung.role()).isEqualTo(Role.FOLLOWER);
    assertThat(hung.position()).isEmpty();
    assertThat(hung.streaming()).isEmpty();
    assertThat(hung.lag()).isEqualTo(Lag.UNKNOWN);
  }

  @Test
  void aHungLeaderIsStillTheLeader() {
    Facts hung =
        Recorded.facts(
            "hung", "standby_signal", "no", "control.state", "in production", "port", "21001");
    Server server = server(Recorded.read(hung), PG1);

    assertThat(server.presence()).isEqualTo(Presence.HUNG);
    assertThat(server.role()).isEqualTo(Role.LEADER);
  }

  @Test
  void aServerWithoutItsPostmasterIsNotStopped() {
    Server server = server(Recorded.look("leader", "follower", "orphans"), PG3);

    assertThat(server.presence()).isEqualTo(Presence.HUNG);
    assertThat(server.facts().text("presence_why").orElseThrow())
        .contains("its postmaster is gone, and 5 of its processes go on");
  }

  @Test
  void aStoppedFollowerDoesNotStreamAndWouldFollow() {
    Server server = server(Recorded.look("new-leader", "follower", "stopped-follower"), PG3);

    assertThat(server.presence()).isEqualTo(Presence.STOPPED);
    assertThat(server.role()).isEqualTo(Role.FOLLOWER);
    assertThat(server.streaming()).contains(false);
    assertThat(server.lag()).isEqualTo(Lag.UNKNOWN);
    assertThat(server.applied().orElseThrow().text()).isEqualTo("0/7CA3788");
  }

  @Test
  void twoThatTakeWritesAreBothSeen() {
    Snapshot seen = Recorded.look("split-pg1", "split-pg2", "split-pg3");

    assertThat(seen.writable()).extracting(NodeView::name).containsExactly(PG1, PG2);
    assertThat(seen.leader()).isEmpty();
  }

  @Test
  void anOldLeaderThatWroteOnHasWhatNobodyElseHas() {
    Snapshot seen = Recorded.look("old-back", "new-leader", "new-follower");
    Server old = server(seen, PG1);

    assertThat(seen.leader().map(NodeView::name)).contains(PG2);
    assertThat(old.upstream()).contains(PG2);
    assertThat(old.streaming()).contains(false);
    assertThat(old.lag().cause()).isEqualTo(Cause.NOT_STREAMING);
    assertThat(old.lag().bytes()).isEmpty();
    assertThat(old.lag().time()).isEmpty();
    // 0/7C92A30, and the other timeline begins at 0/7C82EC8.
    assertThat(old.findings())
        .filteredOn(f -> f.code().equals("diverged"))
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.level()).isEqualTo(Finding.Level.CRITICAL);
              assertThat(f.text()).contains("has 63 KiB").contains("parted at 0/7C82EC8");
            });
    assertThat(codes(server(seen, PG3))).doesNotContain("diverged");
    assertThat(server(seen, PG3).lag().bytes()).isEqualTo(OptionalLong.of(0));
  }

  @Test
  void anOldLeaderThatIsStoppedHasItToo() {
    Server old = server(Recorded.look("old-stopped", "new-leader", "new-follower"), PG1);

    assertThat(old.role()).isEqualTo(Role.CLOSED_LEADER);
    assertThat(codes(old)).contains("diverged");
  }

  @Test
  void aReceiverThatItsSenderDoesNotKnowDoesNotStream() {
    Facts alone = Recorded.facts("leader", "sender.count", "0");
    Snapshot seen = Recorded.read(alone, Recorded.facts("follower"), Recorded.facts("follower3"));
    Server follower = server(seen, PG2);

    assertThat(follower.streaming()).contains(false);
    assertThat(follower.lag().time()).isEmpty();
    assertThat(follower.lag().why().orElseThrow()).contains("the other side does not know");
    assertThat(server(seen, PG1).acks().orElseThrow().waiting()).isTrue();
  }

  @Test
  void withoutTheLeaderNothingIsSaidOfTheLag() {
    Snapshot seen =
        Recorded.read(
            3,
            answers(
                Answer.notDone(Trouble.UNREACHABLE, "no route to host"),
                new Answer.Done(Recorded.facts("follower")),
                new Answer.Done(Recorded.facts("follower3"))));

    Server follower = server(seen, PG2);
    assertThat(follower.upstream()).contains(PG1);
    assertThat(follower.streaming()).contains(true);
    assertThat(follower.lag().bytes()).isEmpty();
    assertThat(follower.lag().time()).isEmpty();
    assertThat(follower.sync()).isEqualTo(Sync.NONE);
    NodeView leader = seen.node(PG1);
    assertThat(leader.server()).isEmpty();
    assertThat(leader.contact().trouble()).isEqualTo(Trouble.UNREACHABLE);
    assertThat(leader.contact().words())
        .contains("unreachable")
        .contains("no route to host")
        .containsPattern("pg2 still receives from it, last [0-9.]+ s ago");
  }

  @Test
  void aFollowerWhoseHostIsSilentMayStillBeSentTo() {
    Snapshot seen =
        Recorded.read(
            2,
            answers(
                new Answer.Done(Recorded.facts("leader")),
                Answer.unknown(Trouble.SILENT, "no banner in 2 s")));

    assertThat(seen.node(PG2).contact().words()).contains("frozen").contains("pg1 sends to it");
    assertThat(server(seen, PG1).acks().orElseThrow().present()).containsExactly("pg2", "pg3");
  }

  @ParameterizedTest
  @CsvSource({
    // message_age ms, wal_receiver_timeout ms; whether zero seconds may be said
    "100, 60000, true",
    "59000, 60000, true",
    "61000, 60000, false",
    "9000, 10000, true",
    "11000, 10000, false",
    "59000, 0, true",
    "-5, 60000, false",
    "x, 60000, false",
  })
  void zeroSecondsIsSaidOnlyOfALivingConnection(String age, String timeout, boolean zero) {
    Facts follower =
        Recorded.facts(
            "follower", "receiver.message_age", age, "setting.wal_receiver_timeout", timeout);
    Lag lag = server(Recorded.read(Recorded.facts("leader"), follower), PG2).lag();

    assertThat(lag.bytes()).isEqualTo(OptionalLong.of(0));
    assertThat(lag.time()).isEqualTo(zero ? Optional.of(Duration.ZERO) : Optional.empty());
  }

  /** The leader is at L, sent S; the follower received R, applied A; lags in the sender's ms. */
  @ParameterizedTest
  @CsvSource({
    // write,    received,  applied,   replay_lag, cause, bytes,   received, ms
    "0/5000000, 0/5000000, 0/5000000, 3,    NONE,  0,       0,       0",
    "0/5000100, 0/5000000, 0/5000000, 3,    NONE,  256,     256,     3",
    "0/5800000, 0/5000000, 0/5000000, 4000, LINK,  8388608, 8388608, 4000",
    "0/5800000, 0/5800000, 0/5000000, 4000, APPLY, 8388608, 0,       4000",
    "0/5800000, 0/5700000, 0/5000000, 4000, APPLY, 8388608, 1048576, 4000",
    "0/5000100, 0/5000100, 0/5000000, 2500, APPLY, 256,     0,       2500",
    "0/5800000, 0/5800000, 0/5000000, '',   APPLY, 8388608, 0,       ",
  })
  void theLagAndItsCause(
      String write,
      String received,
      String applied,
      String replayLag,
      Cause cause,
      long bytes,
      long missing,
      Long ms) {
    Facts leader =
        Recorded.facts(
            "leader",
            "lsn.write",
            write,
            "sender.1.replay_lsn",
            applied,
            "sender.1.flush_lsn",
            received,
            "sender.1.replay_lag",
            replayLag);
    Facts follower = Recorded.facts("follower", "lsn.receive", received, "lsn.replay", applied);
    Lag lag = server(Recorded.read(leader, follower), PG2).lag();

    assertThat(lag.cause()).isEqualTo(cause);
    assertThat(lag.bytes()).isEqualTo(OptionalLong.of(bytes));
    assertThat(lag.received()).isEqualTo(OptionalLong.of(missing));
    assertThat(lag.time()).isEqualTo(Optional.ofNullable(ms).map(Duration::ofMillis));
  }

  @Test
  void theSendersNewerWordOfTheFollowerCounts() {
    Facts leader =
        Recorded.facts("leader", "lsn.write", "0/5000000", "sender.1.replay_lsn", "0/5000000");
    Facts asked = Recorded.facts("follower", "lsn.replay", "0/4FFFF00");

    assertThat(server(Recorded.read(leader, asked), PG2).lag().bytes())
        .isEqualTo(OptionalLong.of(0));
  }

  @Test
  void behindAFollowerBothLagsCount() {
    Facts middle =
        Recorded.facts(
            "follower",
            "sender.count",
            "1",
            "sender.1.application",
            "pg3",
            "sender.1.address",
            "127.0.0.1",
            "sender.1.state",
            "streaming",
            "sender.1.sync_state",
            "async",
            "sender.1.replay_lag",
            "300");
    Facts last = Recorded.facts("follower3", "receiver.port", "21002", "lsn.replay", "0/4000001");
    Facts leader =
        Recorded.facts(
            "leader", "lsn.write", "0/6000000", "sender.1.flush_lag", "200", "sender.count", "1");
    Server server = server(Recorded.read(leader, middle, last), PG3);

    assertThat(server.upstream()).contains(PG2);
    assertThat(server.streaming()).contains(true);
    assertThat(server.sync()).isEqualTo(Sync.ASYNC);
    assertThat(server.lag().bytes()).isEqualTo(OptionalLong.of(0x1FFFFFF));
    assertThat(server.lag().time()).contains(Duration.ofMillis(500));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ANY 1 (pg2, pg3)   | on           | 1 | FLUSHED  | pg2;pg3 |        | false",
        "FIRST 2 (pg2, pg3) | remote_apply | 2 | APPLIED  | pg2;pg3 |        | false",
        "pg2                | remote_write | 1 | RECEIVED | pg2     |        | false",
        "ANY 1 (pg2, old)   | on           | 1 | FLUSHED  | pg2     | old    | false",
        "*                  | on           | 1 | FLUSHED  |         |        | true",
        "ANY 1 (pg2)        | local        | 0 | LEADER   |         |        | false",
        "ANY 1 (pg2)        | off          | 0 | NOWHERE  |         |        | false",
        "``                 | on           | 0 | LEADER   |         |        | false",
      })
  void whatTheLeaderWaitsFor(
      String names,
      String commit,
      int needed,
      Acks.Level level,
      String ackers,
      String strangers,
      boolean anybody) {
    Facts leader =
        Recorded.facts(
            "leader",
            "setting.synchronous_standby_names",
            names,
            "setting.synchronous_commit",
            commit);
    Acks acks =
        server(Recorded.read(leader, Recorded.facts("follower"), Recorded.facts("follower3")), PG1)
            .acks()
            .orElseThrow();

    assertThat(acks.needed()).isEqualTo(needed);
    assertThat(acks.level()).isEqualTo(level);
    assertThat(String.join(";", acks.ackers().stream().map(NodeName::value).toList()))
        .isEqualTo(ackers == null ? "" : ackers);
    assertThat(String.join(";", acks.strangers())).isEqualTo(strangers == null ? "" : strangers);
    assertThat(acks.anybody()).isEqualTo(anybody);
  }

  @ParameterizedTest
  @CsvSource({
    "identity, CRITICAL, follower, system_identifier, 1",
    "replay-paused, WARNING, follower, replay.paused, yes",
    "configuration, WARNING, follower, not_applied, shared_buffers",
    "pending-restart, NOTE, follower, pending_restart, max_connections",
    "fsync-off, CRITICAL, follower, setting.fsync, off",
    "password-shown, NOTE, follower, upstream.has_password, yes",
    "control-damaged, CRITICAL, follower, control.damaged, yes",
    "port, WARNING, follower, port_declared, 5432",
    "prepared-transaction, WARNING, follower, prepared.oldest_age, 600000",
  })
  void whatIsWrongInPostgresqlsOwnTerms(
      String code, Finding.Level level, String file, String fact, String text) {
    Server server =
        server(Recorded.read(Recorded.facts("leader"), Recorded.facts(file, fact, text)), PG2);

    assertThat(server.findings())
        .filteredOn(f -> f.code().equals(code))
        .singleElement()
        .satisfies(f -> assertThat(f.level()).isEqualTo(level));
  }

  @ParameterizedTest
  @CsvSource({
    "slot-lost, lost, no, 0, 0",
    "slot-unreserved, unreserved, yes, 500000000, 0",
    "slot-idle, reserved, no, 500000000, 0",
    "slot-xmin, reserved, yes, 0, 300000000",
    "'', reserved, yes, 500000000, 1000",
    "'', reserved, no, 1000, 1000",
  })
  void slots(String code, String status, String active, String retained, String xmin) {
    Facts leader =
        Recorded.facts(
            "leader",
            "slot.count",
            "1",
            "slot.1.name",
            "cdc",
            "slot.1.wal_status",
            status,
            "slot.1.active",
            active,
            "slot.1.retained",
            retained,
            "slot.1.xmin_age",
            xmin);

    assertThat(
            codes(server(Recorded.read(leader), PG1)).stream()
                .filter(c -> c.contains("slot"))
                .toList())
        .isEqualTo(code.isEmpty() ? List.of() : List.of(code));
  }

  @ParameterizedTest
  @CsvSource({
    // backlog, last failed ms ago, last archived ms ago; what is said
    "0, '', 1000, ''",
    "20, '', 1000, archiver-backlog",
    "0, 500, 1000, archiver-fails",
    "0, 5000, 1000, ''",
    "0, 500, '', archiver-fails",
  })
  void theArchiver(String backlog, String failed, String archived, String code) {
    Facts leader =
        Recorded.facts(
            "leader",
            "setting.archive_mode",
            "on",
            "archiver.backlog",
            backlog,
            "archiver.last_failed_age",
            failed,
            "archiver.last_archived_age",
            archived);

    assertThat(
            codes(server(Recorded.read(leader), PG1)).stream()
                .filter(c -> c.contains("archiver"))
                .toList())
        .isEqualTo(code.isEmpty() ? List.of() : List.of(code));
  }

  @Test
  void aStrangerThatCallsItselfLikeANodeIsNamed() {
    Facts leader =
        Recorded.facts("leader", "sender.1.address", "203.0.113.7", "sender.1.application", "pg2");
    Server server = server(Recorded.read(leader, Recorded.facts("follower")), PG1);

    assertThat(codes(server)).contains("impostor");
    assertThat(codes(server(Recorded.look("leader", "follower"), PG1))).doesNotContain("impostor");
    Facts stopped = Recorded.facts("follower", "presence", "stopped");
    assertThat(codes(server(Recorded.read(Recorded.facts("leader"), stopped), PG1)))
        .contains("impostor");
  }

  private static Map<NodeName, Answer> answers(Answer... answers) {
    Map<NodeName, Answer> map = new LinkedHashMap<>();
    for (int i = 0; i < answers.length; i++) {
      map.put(new NodeName("pg" + (i + 1)), answers[i]);
    }
    return map;
  }

  /** A leader names each that it sends to: however many they are, each is found among them. */
  @Test
  void aLeaderOfThreeHundred() {
    int nodes = 300;
    Map<String, String> rows = new LinkedHashMap<>();
    rows.put("sender.count", Integer.toString(nodes - 1));
    Facts[] facts = new Facts[nodes];
    for (int i = 2; i <= nodes; i++) {
      String row = "sender." + (i - 1) + ".";
      rows.put(row + "application", "pg" + i);
      rows.put(row + "state", "streaming");
      rows.put(row + "sync_state", "quorum");
      facts[i - 1] =
          Recorded.facts(
              "follower",
              "upstream.application_name",
              "pg" + i,
              "port",
              Integer.toString(21000 + i));
    }
    facts[0] =
        Recorded.facts(
            "leader",
            rows.entrySet().stream()
                .flatMap(e -> Stream.of(e.getKey(), e.getValue()))
                .toArray(String[]::new));

    Snapshot seen = Recorded.read(facts);

    for (int i = 2; i <= nodes; i++) {
      Server server = server(seen, new NodeName("pg" + i));
      assertThat(server.upstream()).contains(PG1);
      assertThat(server.streaming()).as("pg%d streams", i).contains(true);
    }
  }
}
