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
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.postgresql.PostgresqlEngine;
import replctl.playbooks.engine.postgresql.Recorded;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Clock;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Fanout;
import replctl.playbooks.world.Hosts;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Progress;
import replctl.playbooks.world.Resident;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Trouble;
import replctl.playbooks.world.World;

/** A look at a cluster that has lost a host: who is waited for, and for how long. */
class UrgentLookTest {
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration PER_NODE = Duration.ofSeconds(5);
  private static final List<String> FILES = List.of("leader", "follower", "follower3");

  /** How long it may take to log in was asked of these, in ms since the look began. */
  private final List<Long> asked = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({
    "pg1, pg1, 1000, UNKNOWN",
    "pg1, pg3, 5000, RUNNING",
    "pg3, pg1, 5000, RUNNING",
    // Nobody says who leads: it may be this one.
    "'', pg3, 1000, UNKNOWN",
  })
  void aFollowerThatIsSlowToLogInIsWaitedFor(
      String leads, NodeName slow, long limit, Presence presence) {
    Snapshot seen = look(leads, slow, Duration.ofMillis(1500));

    assertThat(asked).containsExactly(limit);
    assertThat(seen.node(slow).presence()).isEqualTo(presence);
  }

  @Test
  void aFollowerThatIsDownIsNotWaitedForLongerThanInAnyLook() {
    Snapshot seen = look("pg1", new NodeName("pg3"), Duration.ofSeconds(60));

    assertThat(asked).containsExactly(5000L);
    assertThat(seen.node(new NodeName("pg3")).presence()).isEqualTo(Presence.UNKNOWN);
    assertThat(seen.node(new NodeName("pg3")).contact().trouble()).isEqualTo(Trouble.OVERDUE);
  }

  /**
   * Looks.
   *
   * @param leads who has the newest record; empty: nobody
   * @param slow who logs in that late
   */
  private Snapshot look(String leads, NodeName slow, Duration late) {
    World world =
        new World(
            new Stopped(),
            () -> "op-1",
            new AllButOne(slow),
            new Logins(leads, late),
            (node, query, by) -> Answer.unknown(Trouble.REFUSED, "nothing listens"),
            new Untouched(),
            new Untouched());
    return UrgentLook.look(world, new PostgresqlEngine(), Recorded.cluster(3), PATIENCE, PER_NODE);
  }

  private static final class Stopped implements Clock {
    @Override
    public long nanos() {
      return 0;
    }

    @Override
    public Instant now() {
      return Recorded.AT;
    }
  }

  /** All answer at once but one, who answers when it is waited for alone. */
  private record AllButOne(NodeName slow) implements Fanout {
    @Override
    public <K, V> Map<K, Optional<V>> each(Collection<K> keys, Function<K, V> work, Deadline by) {
      return of(keys, work);
    }

    @Override
    public <K, V> Map<K, Optional<V>> until(
        Predicate<Map<K, V>> enough, Collection<K> keys, Function<K, V> work, Deadline by) {
      return of(keys, work);
    }

    private <K, V> Map<K, Optional<V>> of(Collection<K> keys, Function<K, V> work) {
      Map<K, Optional<V>> results = new LinkedHashMap<>();
      for (K key : keys) {
        boolean late =
            keys.size() > 1 && key instanceof Asking.Part part && part.node().equals(slow);
        results.put(key, late ? Optional.empty() : Optional.of(work.apply(key)));
      }
      return results;
    }
  }

  private final class Logins implements Hosts {
    private final String leads;
    private final Duration late;

    private Logins(String leads, Duration late) {
      this.leads = leads;
      this.late = late;
    }

    @Override
    public Answer run(Place on, ScriptCall call, Deadline by, Progress progress) {
      String file = FILES.get(Integer.parseInt(((Place.Host) on).node().value().substring(2)) - 1);
      return new Answer.Done(
          leads.isEmpty()
              ? Recorded.facts(file)
              : Recorded.facts(
                  file,
                  "epoch.state",
                  "read",
                  "epoch.promise",
                  "1",
                  "epoch.record",
                  "{\"epoch\":1,\"leader\":\""
                      + leads
                      + "\",\"voters\":[\"pg1\",\"pg2\",\"pg3\"]}"));
    }

    @Override
    public Answer contact(Place on, Deadline by) {
      asked.add(by.atNanos() / 1_000_000);
      return by.atNanos() < late.toNanos()
          ? Answer.unknown(Trouble.OVERDUE, "no answer")
          : new Answer.Done(Recorded.facts("leader"));
    }

    @Override
    public Resident open(Place on, ScriptCall call, Deadline by) {
      throw new AssertionError("a look opens nothing");
    }

    @Override
    public void warm(Collection<Place> places) {}
  }
}
