package replctl.playbooks.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;
import replctl.playbooks.engine.postgresql.Recorded;
import replctl.playbooks.snapshot.Contact;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.Finding.Level;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Trouble;

/** What is said of a cluster, with what value, limit and cure. */
class HealthTest {
  private static final NodeName PG1 = new NodeName("pg1");
  private static final NodeName PG2 = new NodeName("pg2");
  private static final NodeName PG3 = new NodeName("pg3");

  /** What the recorded servers themselves bring along: fsync was off, and nothing else. */
  private static final List<String> OWN = List.of("fsync-off");

  private static Health judge(Snapshot seen) {
    return Health.of(Recorded.cluster(seen.nodes().size()), seen, Scene.LEVELS);
  }

  private static List<String> codes(List<Finding> findings) {
    return findings.stream().map(Finding::code).filter(c -> !OWN.contains(c)).toList();
  }

  private static Finding only(List<Finding> findings, String code) {
    return findings.stream().filter(f -> f.code().equals(code)).findFirst().orElseThrow();
  }

  @Test
  void nothingIsSaidOfAHealthyCluster() {
    Health health = judge(Recorded.look("leader", "follower", "follower3"));

    assertThat(codes(health.cluster())).isEmpty();
    for (NodeName node : List.of(PG1, PG2, PG3)) {
      assertThat(codes(health.of(node))).isEmpty();
    }
  }

  /** A name service or an address may lead two nodes to one server. */
  @Test
  void aServerThatIsReachedTwiceIsNotTwoThatTakeWrites() {
    Health health = judge(Recorded.look("leader", "leader", "follower"));

    Finding found = only(health.cluster(), "same-server");
    assertThat(found.level()).isEqualTo(Level.CRITICAL);
    assertThat(found.text())
        .isEqualTo("pg1 and pg2 are one server: both lead to /srv/shop/a on db1");
    assertThat(found.cure())
        .isEqualTo(
            "correct host or database.port of pg1 or pg2 in the inventory, or the name service");
    assertThat(codes(health.cluster())).doesNotContain("split-brain");
  }

  @ParameterizedTest
  @CsvSource({
    "machine_id, 2",
    "boot_id, 2",
    "hostname, db2",
    "port, 5433",
    "server_started_ms, 1",
  })
  void serversThatDifferInOneThingAreTwo(String fact, String otherwise) {
    Health health =
        judge(Recorded.read(Recorded.facts("leader"), Recorded.facts("leader", fact, otherwise)));

    assertThat(codes(health.cluster())).contains("split-brain").doesNotContain("same-server");
  }

  @ParameterizedTest
  @CsvSource({
    // whom pg3 receives from, where it is declared to; what is said
    "pg1, , ",
    "pg2, pg2, ",
    "pg1, pg2, ",
    "pg2, , 'it is set to receive from pg2, and pg1 leads'",
  })
  void whoReceivesFromAnotherThanItShouldIsNamed(String from, String declared, String said) {
    Scene scene = Scene.healthy();
    if (declared != null) {
      scene.cascades("pg3", declared);
    }
    scene.upstream("pg3", from);

    assertThat(Health.of(scene.cluster(), scene.seen(), Scene.LEVELS).of(PG3))
        .filteredOn(found -> found.code().equals("upstream"))
        .extracting(Finding::text)
        .isEqualTo(said == null ? List.of() : List.of(said));
  }

  @ParameterizedTest
  @CsvSource({
    // used, free (in GiB); level; what is said
    "80, 20, WARNING, '80 % full, the limit is 80 %; 20 GiB free'",
    "94, 6, WARNING, '94 % full, the limit is 80 %; 6.0 GiB free'",
    "95, 5, CRITICAL, '95 % full, the limit is 80 %; 5.0 GiB free'",
    "79, 21, , ",
    "0, 0, , ",
    "-1, 5, , ",
  })
  void disks(long used, long free, Level level, String said) {
    Facts leader =
        Recorded.facts(
            "leader",
            "disk.count",
            "2",
            "disk.1.used",
            Long.toString(used << 30),
            "disk.1.free",
            Long.toString(free << 30));
    List<Finding> found = judge(Recorded.read(leader)).of(PG1);

    if (level == null) {
      assertThat(codes(found)).doesNotContain("disk");
    } else {
      Finding disk = only(found, "disk");
      assertThat(disk.level()).isEqualTo(level);
      // Data and log are on one file system: it is told once.
      assertThat(disk.text()).isEqualTo("/ (data, wal) is " + said);
      assertThat(disk.cure()).isNotBlank();
    }
  }

  @ParameterizedTest
  @CsvSource({
    // the host's clock; asked and answered are 100_000 and 101_000
    "100500, ''",
    "99001, ''",
    "99000, '1 s behind'",
    "95000, '5 s behind'",
    "101999, ''",
    "102000, '1 s ahead'",
    "161000, '60 s ahead'",
  })
  void clocks(String clock, String said) {
    Facts leader =
        Recorded.facts("leader", "clock_ms", clock, "asked_ms", "100000", "answered_ms", "101000");
    List<Finding> found = judge(Recorded.read(leader)).of(PG1);

    if (said.isEmpty()) {
      assertThat(codes(found)).doesNotContain("clock");
    } else {
      assertThat(only(found, "clock").text()).contains(said).contains("the limit is 1 s");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "P31D, , ",
    "P30D, , ",
    "P29D, WARNING, 'ends on 2026-12-23, in 29 d; the limit is 30 d'",
    "P7D, WARNING, in 7 d",
    "P6D, CRITICAL, in 6 d",
    "PT0S, CRITICAL, ended on 2026-11-24",
    "P-100D, CRITICAL, ended on 2026-08-16",
  })
  void certificates(Duration left, Level level, String said) {
    Instant end = Recorded.AT.plus(left);
    Facts leader =
        Recorded.facts("leader", "certificate.end_ms", Long.toString(end.toEpochMilli()));
    List<Finding> found = judge(Recorded.read(leader)).of(PG1);

    if (level == null) {
      assertThat(codes(found)).doesNotContain("certificate");
    } else {
      assertThat(only(found, "certificate").level()).isEqualTo(level);
      assertThat(only(found, "certificate").text()).contains(said);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // the leader's position, the sender's replay_lag in ms; what is said
    "0/407A320, 5, '', ''",
    "0/A47A31F, 29999, '', ''",
    "0/A47A320, 5, lag-bytes, '100 MiB behind, the limit is 100 MiB'",
    "0/407A420, 30000, lag-time, '30 s behind, the limit is 30 s'",
  })
  void lag(String leaderAt, String replayLag, String code, String said) {
    Facts leader =
        Recorded.facts("leader", "lsn.write", leaderAt, "sender.1.replay_lag", replayLag);
    List<Finding> found =
        judge(Recorded.read(leader, Recorded.facts("follower"), Recorded.facts("follower3")))
            .of(PG2);

    assertThat(codes(found)).isEqualTo(code.isEmpty() ? List.of() : List.of(code));
    if (!code.isEmpty()) {
      assertThat(only(found, code).level()).isEqualTo(Level.WARNING);
      assertThat(only(found, code).text()).contains(said);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // the files of pg1, pg2, pg3; whose finding; what
    "leader, follower, paused, pg3, replay-paused, WARNING",
    "leader, follower, hung, pg3, hung, CRITICAL",
    "leader, follower, orphans, pg3, hung, CRITICAL",
    "leader, follower, stopped-follower, pg3, stopped, WARNING",
    "old-stopped, new-leader, new-follower, pg1, would-lead, CRITICAL",
    "old-stopped, follower, follower3, pg1, stopped, CRITICAL",
    "old-back, new-leader, new-follower, pg1, not-streaming, CRITICAL",
    "old-back, new-leader, new-follower, pg1, diverged, CRITICAL",
    "split-pg1, split-pg2, split-pg3, cluster, split-brain, CRITICAL",
    "old-stopped, follower, follower3, cluster, no-leader, CRITICAL",
  })
  void statesOfServers(
      String one, String two, String three, String whose, String code, Level level) {
    Health health = judge(Recorded.look(one, two, three));
    List<Finding> found =
        whose.equals("cluster") ? health.cluster() : health.of(new NodeName(whose));

    assertThat(only(found, code).level()).isEqualTo(level);
    assertThat(only(found, code).cure()).isNotBlank();
    assertThat(health.worst()).contains(Level.CRITICAL);
  }

  @Test
  void theWorstComesFirst() {
    List<Finding> found = judge(Recorded.look("old-back", "new-leader", "new-follower")).of(PG1);

    assertThat(found.stream().map(Finding::level).toList())
        .isSortedAccordingTo((a, b) -> b.compareTo(a));
  }

  @ParameterizedTest
  @EnumSource(
      value = Trouble.class,
      names = {"NONE"},
      mode = EnumSource.Mode.EXCLUDE)
  void aHostThatDoesNotAnswerIsToldByWhatItDid(Trouble trouble) {
    Health health = judge(Recorded.read(2, answers(trouble)));

    Finding finding = only(health.of(PG1), "unreachable");
    assertThat(finding.text()).contains(Contact.meaning(trouble)).contains("because");
    assertThat(finding.cure()).isNotBlank();
    assertThat(only(health.cluster(), "no-leader").text()).contains("not known of pg1");
  }

  @Test
  void troublesAreToldApart() {
    List<String> words =
        List.of(Trouble.REFUSED, Trouble.UNREACHABLE, Trouble.SILENT, Trouble.OVERDUE).stream()
            .map(Contact::meaning)
            .toList();
    assertThat(words).doesNotHaveDuplicates();
  }

  private static Map<NodeName, Answer> answers(Trouble trouble) {
    Map<NodeName, Answer> answers = new LinkedHashMap<>();
    answers.put(PG1, Answer.unknown(trouble, "because"));
    answers.put(PG2, new Answer.Done(Recorded.facts("follower")));
    return answers;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // mode asked for; names; synchronous_commit; said
        "ASYNC     | ``                 | on           | ",
        "ASYNC     | ANY 1 (pg2, pg3)   | on           | durability-stronger",
        "SEMI_SYNC | ANY 1 (pg2, pg3)   | on           | ",
        "SEMI_SYNC | ``                 | on           | durability-weaker",
        "SEMI_SYNC | ANY 1 (pg2, pg3)   | remote_write | durability-weaker",
        "SEMI_SYNC | ANY 1 (pg2, pg3)   | local        | durability-weaker",
        "SEMI_SYNC | ANY 1 (pg2, pg3)   | remote_apply | durability-stronger",
        "SEMI_SYNC | FIRST 2 (pg2, pg3) | on           | durability-stronger",
        "SYNC      | FIRST 2 (pg2, pg3) | remote_apply | ",
        "SYNC      | FIRST 2 (pg2, pg3) | on           | durability-weaker",
        "SYNC      | FIRST 1 (pg2, pg3) | remote_apply | durability-weaker",
        "SEMI_SYNC | ANY 1 (pg2, old)   | on           | acks-stranger",
        "SEMI_SYNC | *                  | on           | acks-anybody",
        "SEMI_SYNC | ANY 1 (old, older) | on           | acks-stranger;writes-wait",
        "SEMI_SYNC | ANY 3 (pg2, pg3)   | on           | writes-wait;durability-stronger",
      })
  void whatIsAskedForAndWhatTheLeaderDoes(
      Replication.Mode mode, String names, String commit, String said) {
    Facts leader =
        Recorded.facts(
            "leader",
            "setting.synchronous_standby_names",
            names,
            "setting.synchronous_commit",
            commit);
    Snapshot seen = Recorded.read(leader, Recorded.facts("follower"), Recorded.facts("follower3"));
    List<String> wanted = said == null ? List.of() : Arrays.asList(said.split(";"));

    assertThat(codes(Health.of(Recorded.cluster(3, mode), seen, Scene.LEVELS).cluster()))
        .containsExactlyInAnyOrderElementsOf(wanted);
  }

  @Test
  void nothingIsChangedInTheSnapshot() {
    Snapshot seen = Recorded.look("leader", "follower", "hung");
    List<NodeView> before = List.copyOf(seen.nodes());
    judge(seen);
    assertThat(seen.nodes()).isEqualTo(before);
  }
}
