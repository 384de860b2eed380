package replctl.playbooks.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.postgresql.PostgresqlEngine;
import replctl.playbooks.engine.postgresql.Recorded;
import replctl.playbooks.snapshot.Lag.Cause;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Clock;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Fanout;
import replctl.playbooks.world.Hosts;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Progress;
import replctl.playbooks.world.Resident;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Trouble;
import replctl.playbooks.world.World;

/** Look after look: which host is surveyed, which server is asked, and what is known then. */
class LiveLookTest {
  private static final NodeName PG1 = new NodeName("pg1");
  private static final NodeName PG2 = new NodeName("pg2");
  private static final NodeName PG3 = new NodeName("pg3");
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** Who was asked in the last look: {@code pg1} a host, {@code pg1:sql} a server. */
  private final List<String> asked = new ArrayList<>();

  private final Map<NodeName, Answer> hosts = new HashMap<>();
  private final Map<NodeName, Answer> servers = new HashMap<>();
  private long nanos;
  private LiveLook live;

  private void begin(Cluster cluster) {
    says(PG1, Recorded.facts("leader"));
    says(PG2, Recorded.facts("follower"));
    says(PG3, Recorded.facts("follower3"));
    Everything all = new Everything();
    live =
        new LiveLook(
            new World(
                all,
                () -> "op-1",
                all,
                all,
                (node, query, by) -> {
                  assertThat(query.toString()).isEqualTo("postgresql/survey/live");
                  asked.add(node + ":sql");
                  return servers.get(node);
                },
                new Untouched(),
                new Untouched()),
            new PostgresqlEngine(),
            cluster);
  }

  /** Its host and its server say the same. */
  private void says(NodeName node, Facts facts) {
    hosts.put(node, new Answer.Done(facts));
    servers.put(node, new Answer.Done(facts));
  }

  private Snapshot look() {
    asked.clear();
    Snapshot seen = live.look(LIMIT);
    nanos += 1_000_000_000L;
    return seen;
  }

  @Test
  void hostsAreSurveyedOnceAndThenServersAreAsked() {
    begin(Recorded.cluster(3));
    Snapshot first = look();
    assertThat(asked).containsExactly("pg1", "pg2", "pg3");

    for (int second = 1; second < 10; second++) {
      Snapshot next = look();
      assertThat(asked).containsExactly("pg1:sql", "pg2:sql", "pg3:sql");
      assertThat(next.nodes()).isEqualTo(first.nodes());
    }
    look();
    assertThat(asked).containsExactly("pg1", "pg2", "pg3");
    look();
    assertThat(asked).containsExactly("pg1:sql", "pg2:sql", "pg3:sql");
    assertThat(live.notes()).isEmpty();
  }

  @Test
  void whatAServerSaysIsInTheNextLook() {
    begin(Recorded.cluster(3));
    look();
    servers.put(
        PG3,
        new Answer.Done(
            Recorded.facts("follower3", "replay.paused", "yes", "lsn.replay", "0/4000000")));

    NodeView paused = look().node(PG3);

    assertThat(paused.server().orElseThrow().lag().cause()).isEqualTo(Cause.PAUSED);
    assertThat(paused.server().orElseThrow().facts().text("data_directory")).isPresent();
    assertThat(asked).containsExactly("pg1:sql", "pg2:sql", "pg3:sql");
  }

  @Test
  void aServerThatWasPromotedIsSurveyedAtOnce() {
    begin(Recorded.cluster(3));
    look();
    says(PG2, Recorded.facts("new-leader"));

    Snapshot seen = look();

    assertThat(asked).containsExactly("pg1:sql", "pg2:sql", "pg3:sql", "pg2");
    assertThat(seen.node(PG2).role()).isEqualTo(Role.LEADER);
    look();
    assertThat(asked).containsExactly("pg1:sql", "pg2:sql", "pg3:sql");
  }

  @Test
  void aServerThatStoppedIsSurveyedAtEveryLookAndNothingIsSaid() {
    begin(Recorded.cluster(3));
    look();
    hosts.put(PG3, new Answer.Done(Recorded.facts("stopped-follower")));
    servers.put(PG3, Answer.unknown(Trouble.REFUSED, "pg3: nothing listens"));

    assertThat(look().node(PG3).presence()).isEqualTo(Presence.STOPPED);
    assertThat(asked).containsExactly("pg1:sql", "pg2:sql", "pg3:sql", "pg3");
    look();
    assertThat(asked).containsExactly("pg1:sql", "pg2:sql", "pg3");
    says(PG3, Recorded.facts("follower3"));
    look();
    look();
    assertThat(asked).containsExactly("pg1:sql", "pg2:sql", "pg3:sql");
    assertThat(live.notes()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Trouble.class,
      names = {"LOGIN", "NOT_PERMITTED", "HOST_KEY", "REFUSED", "SILENT", "SAID_NO"})
  void aServerThatLetsNobodyInIsSparedAndSaidOnce(Trouble trouble) {
    begin(Recorded.cluster(3));
    servers.put(PG2, Answer.unknown(trouble, "pg2: the reason"));
    look();
    int tries = 0;
    for (int second = 1; second < 25; second++) {
      assertThat(look().node(PG2).presence()).isEqualTo(Presence.RUNNING);
      assertThat(asked).contains("pg2");
      tries += asked.contains("pg2:sql") ? 1 : 0;
    }
    assertThat(tries).isEqualTo(3);
    assertThat(live.notes()).hasSize(1);
    assertThat(live.notes().get(0).text())
        .isEqualTo(
            "pg2 is surveyed over SSH at every look: its server can't be asked (the reason)");
    assertThat(live.notes().get(0).cure()).isNotBlank();
  }

  @Test
  void aConnectionThatWasCutIsMadeAnew() {
    begin(Recorded.cluster(3));
    look();
    servers.put(PG2, Answer.unknown(Trouble.CUT, "pg2: cut"));
    look();
    assertThat(asked).containsExactly("pg1:sql", "pg2:sql", "pg3:sql", "pg2");
    servers.put(PG2, hosts.get(PG2));
    look();
    assertThat(asked).containsExactly("pg1:sql", "pg2:sql", "pg3:sql");
    assertThat(live.notes()).isEmpty();
  }

  @Test
  void aHostThatFallsSilentIsToldByTheSurvey() {
    begin(Recorded.cluster(3));
    look();
    hosts.put(PG1, Answer.unknown(Trouble.SILENT, "nothing is said"));
    servers.put(PG1, Answer.unknown(Trouble.CUT, "pg1: cut"));

    Snapshot seen = look();

    assertThat(seen.node(PG1).contact().trouble()).isEqualTo(Trouble.SILENT);
    assertThat(seen.node(PG1).server()).isEmpty();
    look();
    assertThat(asked).containsExactly("pg2:sql", "pg3:sql", "pg1");
  }

  @Test
  void aLeaderThatIsReachedStraightIsFollowedWithoutItsHost() {
    begin(Recorded.straight(3));
    hosts.put(PG1, Answer.notDone(Trouble.REFUSED, "port 22 refuses the connection"));

    for (int second = 0; second < 10; second++) {
      Snapshot seen = look();
      assertThat(seen.leader().map(NodeView::name)).contains(PG1);
      assertThat(seen.node(PG1).serverAlone()).isTrue();
    }
    assertThat(asked).containsExactly("pg1:sql", "pg2:sql", "pg3:sql");
    look();
    assertThat(asked).contains("pg1", "pg2", "pg3");
  }

  @ParameterizedTest
  @CsvSource({
    "LOGIN, replctl init lets role replctl in",
    "NOT_PERMITTED, access: direct",
    "HOST_KEY, replctl init gives its server a certificate",
    "REFUSED, listen at 127.0.0.1",
  })
  void theCureIsWhatToDoNext(Trouble trouble, String cure) {
    ServerNote note =
        ServerNote.of(
            Recorded.cluster(1).node(PG1).orElseThrow(), Answer.unknown(trouble, "pg1: no"));

    assertThat(note.cure()).contains(cure);
  }

  /** A world of one thread, whose time goes on from look to look. */
  private final class Everything implements Clock, Fanout, Hosts {
    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public Instant now() {
      return Recorded.AT;
    }

    @Override
    public <K, V> Map<K, Optional<V>> each(Collection<K> keys, Function<K, V> work, Deadline by) {
      Map<K, Optional<V>> results = new LinkedHashMap<>();
      keys.forEach(key -> results.put(key, Optional.of(work.apply(key))));
      return results;
    }

    @Override
    public Answer run(Place on, ScriptCall call, Deadline by, Progress progress) {
      asked.add(on.label());
      return hosts.get(((Place.Host) on).node());
    }

    @Override
    public Answer contact(Place on, Deadline by) {
      throw new AssertionError("a look asks by its script");
    }

    @Override
    public Resident open(Place on, ScriptCall call, Deadline by) {
      throw new AssertionError("a look opens nothing");
    }

    @Override
    public void warm(Collection<Place> places) {}
  }
}
