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
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.postgresql.PostgresqlEngine;
import replctl.playbooks.engine.postgresql.Recorded;
import replctl.playbooks.snapshot.HostFact;
import replctl.playbooks.snapshot.Server;
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
import replctl.playbooks.world.Sql;
import replctl.playbooks.world.Trouble;
import replctl.playbooks.world.Value;
import replctl.playbooks.world.World;

/** Each host that answered is asked once more; one that does not answer that stays as it was. */
class CheckupLookTest {
  private static final NodeName PG1 = new NodeName("pg1");
  private static final NodeName PG2 = new NodeName("pg2");
  private static final NodeName PG3 = new NodeName("pg3");

  private final List<ScriptCall> asked = new ArrayList<>();

  @Test
  void factsAreAddedAndWhatIsNotKnownIsSaid() {
    Map<NodeName, Answer> surveyed = new LinkedHashMap<>();
    surveyed.put(PG1, new Answer.Done(Recorded.facts("checked-leader")));
    surveyed.put(PG2, new Answer.Done(Recorded.facts("checked-follower3")));
    surveyed.put(PG3, Answer.unknown(Trouble.SILENT, "nothing"));
    Snapshot before = Recorded.read(3, surveyed);

    Snapshot seen =
        look(
            before,
            name ->
                name.equals(PG1)
                    ? new Answer.Done(Facts.of(Map.of("unit.restart", "always")))
                    : Answer.unknown(Trouble.OVERDUE, "no answer in 10 s"));

    assertThat(facts(seen, PG1).text("unit.restart")).contains("always");
    assertThat(facts(seen, PG1).text("presence")).contains("running");
    assertThat(facts(seen, PG2).text(HostFact.UNASKED + "checkup")).contains("no answer in 10 s");
    assertThat(seen.node(PG2).contact().answered()).isTrue();
    assertThat(seen.node(PG2).role()).isEqualTo(before.node(PG2).role());
    assertThat(seen.node(PG3)).isEqualTo(before.node(PG3));
    assertThat(asked)
        .hasSize(2)
        .allMatch(call -> call.mode() == ScriptCall.Mode.PROBE)
        .allMatch(call -> call.script().toString().equals("postgresql/checkup"));
    assertThat(asked)
        .allSatisfy(
            call ->
                assertThat(call.values())
                    .containsEntry("service", Value.of("postgresql@17-main"))
                    .containsEntry("engine", Value.of("postgresql")));
  }

  private static Facts facts(Snapshot seen, NodeName node) {
    return seen.node(node).server().map(Server::facts).orElse(Facts.NONE);
  }

  private Snapshot look(Snapshot before, Function<NodeName, Answer> answers) {
    Clock clock =
        new Clock() {
          @Override
          public long nanos() {
            return 0;
          }

          @Override
          public Instant now() {
            return Recorded.AT;
          }
        };
    Fanout inOrder =
        new Fanout() {
          @Override
          public <K, V> Map<K, Optional<V>> each(
              Collection<K> keys, Function<K, V> work, Deadline by) {
            Map<K, Optional<V>> results = new LinkedHashMap<>();
            keys.forEach(key -> results.put(key, Optional.of(work.apply(key))));
            return results;
          }
        };
    Hosts hosts =
        new Hosts() {
          @Override
          public Answer run(Place on, ScriptCall call, Deadline by, Progress progress) {
            asked.add(call);
            return answers.apply(((Place.Host) on).node());
          }

          @Override
          public Answer contact(Place on, Deadline by) {
            throw new AssertionError("nobody is only greeted");
          }

          @Override
          public Resident open(Place on, ScriptCall call, Deadline by) {
            throw new AssertionError("nothing stays");
          }

          @Override
          public void warm(Collection<Place> places) {}
        };
    World world =
        new World(clock, () -> "op-1", inOrder, hosts, Sql.NONE, new Untouched(), new Untouched());
    return CheckupLook.look(
        world,
        new PostgresqlEngine().checkup(),
        Recorded.cluster(3),
        before,
        Duration.ofSeconds(5));
  }
}
