package replctl.playbooks.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.inventory.ClusterName;
import replctl.inventory.secret.Secret;
import replctl.playbooks.plan.Basis;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.PlanJson;
import replctl.playbooks.real.SystemClock;
import replctl.playbooks.real.ThreadFanout;
import replctl.playbooks.real.keep.FileStore;
import replctl.playbooks.real.shell.Threads;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Clock;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Hosts;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Progress;
import replctl.playbooks.world.Resident;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.SecretRef;
import replctl.playbooks.world.Sql;
import replctl.playbooks.world.Vault;
import replctl.playbooks.world.World;

/** What hosts say of operations is taken only as far as it is a journal of that operation. */
@Timeout(30)
class HostJournalsTest {
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
  private static final String BEGUN =
      EntryJson.write(new Entry.Begun(AT, Entry.Way.RUN, "ann@ops1", 3)).toString();

  @TempDir Path folder;
  private final Clock clock = new SystemClock();
  private Journal journal;

  @BeforeEach
  void open() {
    journal = new Journal(new FileStore(folder), new ClusterName("shop"));
  }

  private static String plan(String cluster, String op) {
    return PlanJson.write(
            new Plan(
                op,
                "init",
                new ClusterName(cluster),
                new Basis(AT, new TreeMap<>()),
                List.of(),
                List.of()))
        .toString();
  }

  /** Every host says the same. */
  private Map<String, String> told(Map<String, String> facts) {
    Hosts hosts =
        new Hosts() {
          @Override
          public Answer run(Place on, ScriptCall call, Deadline by, Progress progress) {
            return new Answer.Done(Facts.of(facts));
          }

          @Override
          public Resident open(Place on, ScriptCall call, Deadline by) {
            throw new IllegalStateException("nobody is resident here");
          }

          @Override
          public Answer contact(Place on, Deadline by) {
            return new Answer.Done(Facts.NONE);
          }

          @Override
          public void warm(Collection<Place> places) {}
        };
    Vault vault =
        new Vault() {
          @Override
          public boolean has(SecretRef ref) {
            return false;
          }

          @Override
          public Secret get(SecretRef ref) {
            throw new IllegalStateException("no secret is needed");
          }
        };
    World world =
        new World(
            clock,
            () -> "op-1",
            new ThreadFanout(new Threads(), clock),
            hosts,
            Sql.NONE,
            new FileStore(folder),
            vault);
    return new HostJournals(
            world, replctl.playbooks.engine.postgresql.Recorded.cluster(1), Duration.ofSeconds(10))
        .into(journal);
  }

  private static Map<String, String> one(String op, String lines) {
    return Map.of(
        "operation.count", "1", "operation.1.name", op, "operation.1.lines", "2", "journal", lines);
  }

  @Test
  void whatIsKeptThereIsTaken() {
    assertThat(told(one("op-1", plan("shop", "op-1") + "\n" + BEGUN + "\n"))).isEmpty();

    assertThat(journal.read("op-1").map(Recorded::open)).contains(true);
  }

  @Test
  void aCountWithoutEndIsNotCounted() {
    Map<String, String> facts =
        new TreeMap<>(one("op-1", plan("shop", "op-1") + "\n" + BEGUN + "\n"));
    facts.put("operation.count", Long.toString(Long.MAX_VALUE));

    assertThat(told(facts)).isEmpty();

    assertThat(journal.operations()).containsExactly("op-1");
  }

  @ParameterizedTest
  @CsvSource({
    "blog, op-1, , it is the journal of op-1 of blog",
    "shop, op-2, , it is the journal of op-2 of shop",
    "shop, op-1, '{\"entry\":\"levitated\"}', Text '' could not be parsed",
    "shop, op-1, 'hello', it is no JSON",
  })
  void whatIsNoJournalOfThatOperationIsLeftThere(
      String cluster, String op, String more, String why) {
    String lines = plan(cluster, op) + "\n" + (more == null ? "" : more + "\n") + BEGUN + "\n";
    if ("hello".equals(more)) {
      // Only another process that takes the operation up may stand behind a line that was cut off.
      lines = lines.replace(BEGUN, ENDED);
    }

    assertThat(told(one("op-1", lines)))
        .hasEntrySatisfying("pg1", w -> assertThat(w).contains(why));

    assertThat(journal.operations()).isEmpty();
    assertThat(journal.unfinished()).isEqualTo(Optional.empty());
  }

  private static final String ENDED =
      EntryJson.write(new Entry.Ended(AT, Entry.Ending.DONE, Optional.empty(), List.of()))
          .toString();

  @Test
  void namesThatLeadElsewhereAreNone() {
    assertThat(told(one("op-../../x", plan("shop", "op-1") + "\n"))).isEmpty();

    assertThat(journal.operations()).isEmpty();
  }
}
