package replctl.playbooks.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Heard;
import replctl.playbooks.snapshot.Lag.Cause;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Trouble;

/** What a server says between two surveys of its host, and instead of one. */
class LiveFactsTest {
  private static final NodeName PG1 = new NodeName("pg1");
  private static final NodeName PG2 = new NodeName("pg2");

  /** What the recorded servers would say over their own protocol. */
  private static Facts live(String file, String... otherwise) {
    return new LiveFacts(Recorded.facts(file, otherwise)).facts();
  }

  private static Optional<Facts> merged(String file, Facts live) {
    return new PostgresqlSurvey().refreshed(Recorded.facts(file), live);
  }

  @ParameterizedTest
  @ValueSource(strings = {"leader", "follower", "waiting", "paused"})
  void nothingNewChangesNothing(String file) {
    Facts found = merged(file, live(file)).orElseThrow();

    Map<String, String> expected = new TreeMap<>(Recorded.facts(file).byName());
    assertThat(found.byName()).isEqualTo(expected);
  }

  @Test
  void whatIsNewHoldsAndWhatEndedIsGone() {
    Facts own = Recorded.facts("waiting");
    Facts now =
        new LiveFacts(
                Recorded.facts(
                    "waiting",
                    "lsn.replay",
                    "0/8000000",
                    "replay.wait",
                    "",
                    "replay.blocker.pid",
                    ""))
            .facts();
    Facts one = merged("waiting", now).orElseThrow();
    assertThat(own.text("replay.wait")).isPresent();
    assertThat(one.text("replay.wait")).isEmpty();
    assertThat(one.text("replay.blocker.pid")).isEmpty();
    assertThat(one.text("lsn.replay")).contains("0/8000000");
    assertThat(one.text("data_directory")).isEqualTo(own.text("data_directory"));
    assertThat(one.text("disk.1.mount")).isEqualTo(own.text("disk.1.mount"));
  }

  @ParameterizedTest
  @CsvSource({
    "in_recovery, no",
    "server_started_ms, 1795548359111",
    "config_loaded_ms, 1795551015612",
    "sql.system_identifier, 7",
    "receiver.timeline, 2",
  })
  void aServerThatIsNotWhatItWasIsSurveyedAnew(String fact, String text) {
    assertThat(merged("follower", live("follower", fact, text))).isEmpty();
  }

  @Test
  void aLeaderOfAnotherTimelineIsSurveyedAnew() {
    assertThat(merged("leader", live("leader", "log.file", "000000010000000000000004")))
        .isPresent();
    assertThat(merged("leader", live("leader", "log.file", "000000020000000000000004"))).isEmpty();
  }

  @Test
  void aHostWhoseSurveyCouldNotAskIsSurveyedAnew() {
    assertThat(merged("hung", live("follower"))).isEmpty();
  }

  @Test
  void moreThanWasAskedIsNotBelieved() {
    Facts told =
        new LiveFacts(
                Recorded.facts(
                    "follower", "data_directory", "/", "presence", "stopped", "timeline", "9"))
            .facts();

    assertThat(told.text("data_directory")).isEmpty();
    assertThat(told.text("presence")).isEmpty();
    assertThat(told.text("timeline")).isEmpty();
    assertThat(told.text("receiver.host")).contains("127.0.0.1");
  }

  /** pg1 and pg2, of which one host does not answer and its server does. */
  private static Snapshot look(Facts leader, Facts follower, NodeName silent) {
    Answer none = Answer.notDone(Trouble.REFUSED, "port 22 refuses the connection");
    return new PostgresqlSurvey()
        .read(
            Recorded.cluster(2),
            Recorded.AT,
            Map.of(
                PG1,
                silent.equals(PG1)
                    ? new Heard(none, Optional.of(new Answer.Done(leader)))
                    : Heard.of(new Answer.Done(leader)),
                PG2,
                silent.equals(PG2)
                    ? new Heard(none, Optional.of(new Answer.Done(follower)))
                    : Heard.of(new Answer.Done(follower))));
  }

  @Test
  void aLeaderWhoseHostIsSilentLeads() {
    Facts leader = live("leader", "log.file", "000000010000000000000004");
    Snapshot seen = look(leader, Recorded.facts("follower"), PG1);

    NodeView view = seen.leader().orElseThrow();
    assertThat(view.name()).isEqualTo(PG1);
    assertThat(view.serverAlone()).isTrue();
    Server server = view.server().orElseThrow();
    Server known = Recorded.look("leader", "follower").node(PG1).server().orElseThrow();
    assertThat(server.presence()).isEqualTo(Presence.RUNNING);
    assertThat(server.position().orElseThrow().text())
        .isEqualTo(known.position().orElseThrow().text());
    assertThat(server.acks()).isEqualTo(known.acks());
    assertThat(server.identity()).isEqualTo(known.identity());
    assertThat(server.findings()).isEmpty();
    Server follower = seen.node(PG2).server().orElseThrow();
    assertThat(follower.upstream()).contains(PG1);
    assertThat(follower.streaming()).contains(true);
    assertThat(follower.lag().cause()).isEqualTo(Cause.NONE);
  }

  @Test
  void aFollowerWhoseHostIsSilentIsKnownByItsServer() {
    Snapshot seen = look(Recorded.facts("leader-ahead"), live("paused"), PG2);

    Server server = seen.node(PG2).server().orElseThrow();
    assertThat(server.role()).isEqualTo(Role.FOLLOWER);
    assertThat(server.lag().cause()).isEqualTo(Cause.PAUSED);
    assertThat(server.findings().stream().map(f -> f.code())).containsExactly("replay-paused");
  }

  @Test
  void oneThatDoesNotReceiveIsOfItsControlFilesTimeline() {
    Facts follower = live("follower", "receiver.status", "", "sql.timeline", "1");
    Server server = look(Recorded.facts("leader"), follower, PG2).node(PG2).server().orElseThrow();

    assertThat(server.streaming()).contains(false);
    assertThat(server.position()).isPresent();
    assertThat(server.lag().why())
        .hasValueSatisfying(w -> assertThat(w).contains("does not stream"));
    assertThat(server.lag().why().orElseThrow()).doesNotContain("no upstream is configured");
  }

  @Test
  void aServerThatSaysNothingOfItselfIsNotKnown() {
    Snapshot seen = look(Recorded.facts("leader"), Facts.NONE, PG2);

    assertThat(seen.node(PG2).server()).isEmpty();
    assertThat(seen.node(PG2).contact().words()).startsWith("its host is up, and nothing listens");
  }
}
