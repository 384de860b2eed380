package replctl.playbooks.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.postgresql.PostgresqlEngine;
import replctl.playbooks.engine.postgresql.Recorded;
import replctl.playbooks.snapshot.Contact;
import replctl.playbooks.snapshot.HostFact;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Presence;
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
import replctl.playbooks.world.Value;
import replctl.playbooks.world.World;

/** One look: every node is asked once, and nothing that a host does stops it. */
class ObserverTest {
  private static final NodeName PG1 = new NodeName("pg1");
  private static final NodeName PG2 = new NodeName("pg2");
  private static final NodeName PG3 = new NodeName("pg3");

  /** Time that goes on by 10 ms at each reading of the wall clock. */
  private long millis = Recorded.AT.toEpochMilli();

  private Function<NodeName, Answer> sql =
      node -> Answer.unknown(Trouble.REFUSED, "nothing listens");

  private boolean straight;

  private final List<ScriptCall> asked = new ArrayList<>();

  @Test
  void everyNodeIsAskedOnceAndReadTogether() {
    Snapshot seen = look(Duration.ofSeconds(5), Map.of(), (name, call) -> done(fileOf(name)));

    assertThat(asked).hasSize(3).allMatch(call -> call.mode() == ScriptCall.Mode.PROBE);
    assertThat(asked)
        .extracting(call -> call.script().toString())
        .containsOnly("postgresql/survey");
    assertThat(seen.at()).isEqualTo(Recorded.AT);
    assertThat(seen.leader().orElseThrow().name()).isEqualTo(PG1);
    assertThat(seen.nodes()).extracting(n -> n.name()).containsExactly(PG1, PG2, PG3);
  }

  @Test
  void theTimeOfTheQuestionIsKeptBesideTheHostsClock() {
    Facts facts =
        look(Duration.ofSeconds(5), Map.of(), (name, call) -> done("leader"))
            .node(PG1)
            .server()
            .orElseThrow()
            .facts();

    long asked = facts.number(HostFact.ASKED).orElseThrow();
    assertThat(facts.number(HostFact.ANSWERED).orElseThrow()).isEqualTo(asked + 10);
    assertThat(asked).isGreaterThan(Recorded.AT.toEpochMilli());
  }

  @Test
  void aLateNodeIsUnknownAndTheOthersAreNot() {
    Snapshot seen =
        look(Duration.ofSeconds(5), Map.of(PG3, true), (name, call) -> done(fileOf(name)));

    assertThat(seen.node(PG3).contact().trouble()).isEqualTo(Trouble.OVERDUE);
    assertThat(seen.node(PG3).contact().words()).contains("5000 ms").contains("pg1 sends to it");
    assertThat(seen.node(PG3).presence()).isEqualTo(Presence.UNKNOWN);
    assertThat(seen.node(PG2).presence()).isEqualTo(Presence.RUNNING);
  }

  @Test
  void halfAnAnswerIsNone() {
    Snapshot seen =
        look(
            Duration.ofSeconds(5),
            Map.of(),
            (name, call) ->
                new Answer.Unknown(Trouble.CUT, "in the middle", Recorded.facts(fileOf(name))));

    assertThat(seen.writable()).isEmpty();
    assertThat(seen.nodes()).allMatch(n -> n.server().isEmpty());
    assertThat(seen.node(PG1).contact().words()).contains("in the middle");
  }

  @ParameterizedTest
  @CsvSource({"PT10S, 5.0", "PT5S, 2.5", "PT2S, 1.0", "PT1S, 0.5"})
  void aHungServerIsToldBeforeTheDeadline(Duration perNode, String limit) {
    look(perNode, Map.of(), (name, call) -> done("leader"));

    assertThat(asked).allMatch(call -> call.values().get("limit").equals(Value.of(limit)));
  }

  @Test
  void aServerThatIsReachedStraightIsKnownWhereItsHostGivesNoAnswer() {
    Answer refused = Answer.notDone(Trouble.REFUSED, "port 22 refuses the connection");
    sql =
        node ->
            new Answer.Done(Recorded.facts(fileOf(node), "log.file", "000000010000000000000004"));
    straight = true;
    Snapshot seen =
        look(
            Duration.ofSeconds(5),
            Map.of(),
            (name, call) -> name.equals(PG1) ? refused : done(fileOf(name)));

    NodeView leader = seen.node(PG1);
    assertThat(leader.serverAlone()).isTrue();
    assertThat(leader.contact().trouble()).isEqualTo(Trouble.REFUSED);
    assertThat(leader.contact().words())
        .isEqualTo("no answer over SSH (port 22 refuses the connection); its server answers SQL");
    assertThat(seen.leader().map(NodeView::name)).contains(PG1);
    assertThat(leader.server().orElseThrow().position().orElseThrow().text()).isNotBlank();
    assertThat(leader.server().orElseThrow().facts().text("disk.1.mount")).isEmpty();
    assertThat(seen.node(PG2).server().orElseThrow().upstream()).contains(PG1);
    assertThat(seen.node(PG2).server().orElseThrow().facts().text("disk.1.mount")).isPresent();
  }

  @Test
  void whereNeitherAnswersBothAreTold() {
    straight = true;
    sql = node -> Answer.unknown(Trouble.LOGIN, node + ": no password");
    Snapshot seen =
        look(
            Duration.ofSeconds(5),
            Map.of(),
            (name, call) -> Answer.notDone(Trouble.UNREACHABLE, "no answer in 2 s"));

    assertThat(seen.node(PG2).server()).isEmpty();
    assertThat(seen.node(PG2).contact())
        .isEqualTo(
            new Contact(
                Trouble.UNREACHABLE,
                "unreachable: its host is down, or the way to it is cut (no answer in 2 s); nor"
                    + " over SQL (pg2: no password)"));
  }

  @Test
  void throughSshTheSurveyAsksTheServer() {
    sql =
        node -> {
          throw new AssertionError("asked apart: " + node);
        };
    Snapshot seen = look(Duration.ofSeconds(5), Map.of(PG1, true), (name, call) -> done("leader"));

    assertThat(seen.node(PG1).server()).isEmpty();
  }

  private static String fileOf(NodeName name) {
    return name.equals(PG1) ? "leader" : name.equals(PG2) ? "follower" : "follower3";
  }

  private static Answer done(String file) {
    return new Answer.Done(Recorded.facts(file));
  }

  private Snapshot look(
      Duration perNode,
      Map<NodeName, Boolean> late,
      BiFunction<NodeName, ScriptCall, Answer> answers) {
    Clock clock =
        new Clock() {
          @Override
          public long nanos() {
            return 0;
          }

          @Override
          public Instant now() {
            Instant now = Instant.ofEpochMilli(millis);
            millis += 10;
            return now;
          }
        };
    Fanout inOrder =
        new Fanout() {
          @Override
          public <K, V> Map<K, Optional<V>> each(
              Collection<K> keys, Function<K, V> work, Deadline by) {
            Map<K, Optional<V>> results = new LinkedHashMap<>();
            for (K key : keys) {
              boolean lost = key instanceof Asking.Part part && late.containsKey(part.node());
              results.put(key, lost ? Optional.empty() : Optional.of(work.apply(key)));
            }
            return results;
          }
        };
    Hosts hosts =
        new Hosts() {
          @Override
          public Answer run(Place on, ScriptCall call, Deadline by, Progress progress) {
            asked.add(call);
            return answers.apply(((Place.Host) on).node(), call);
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
        };
    World world =
        new World(
            clock,
            () -> "op-1",
            inOrder,
            hosts,
            (node, query, by) -> sql.apply(node),
            new Untouched(),
            new Untouched());
    return Observer.look(
        world,
        new PostgresqlEngine(),
        straight ? Recorded.straight(3) : Recorded.cluster(3),
        perNode);
  }
}
