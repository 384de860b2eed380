package replctl.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import replctl.cli.Console;
import replctl.inventory.Inventory;
import replctl.inventory.NodeName;
import replctl.playbooks.decide.candidate.Candidates;
import replctl.playbooks.engine.postgresql.PostgresqlEngine;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.journal.Recorded;
import replctl.playbooks.snapshot.EpochFile;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Guarantee;
import replctl.playbooks.verb.doctor.Diagnosis;
import replctl.playbooks.verb.monitor.Monitored;
import replctl.playbooks.verb.monitor.Sight;
import replctl.playbooks.verb.monitor.Wish;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Trouble;

/**
 * What programs are given, to the letter: scripts rely on it, so it only ever grows. To write the
 * files anew after it has grown: the same test with {@code -Dgenerate=true}.
 */
class GoldenJsonTest {
  private static final Path FILES =
      Path.of(System.getProperty("replctl.root"))
          .normalize()
          .resolve("cli/src/test/resources/replctl/cli/golden");

  private static final Instant AT = Instant.parse("2026-11-24T03:12:00Z");

  /** As it is seen with what hosts have written down. */
  static Snapshot recorded() {
    NodeName pg1 = new NodeName("pg1");
    NodeName pg4 = new NodeName("pg4");
    LeaderRecord record =
        new LeaderRecord(
            8,
            "op-8",
            pg1,
            List.of(pg1, new NodeName("pg2"), new NodeName("pg3")),
            1,
            List.of(new NodeName("pg2")),
            1,
            new TreeMap<>(Map.of(pg4, "power")),
            List.of(pg4));
    EpochFile file =
        new EpochFile.Known(
            true, 8, "op-8", false, "ann@ops1", OptionalLong.empty(), Optional.of(record));
    return Shop.SEEN.with(Map.of(pg1, file, new NodeName("pg2"), file, new NodeName("pg3"), file));
  }

  /** One that was cut off, and one that another operator finished. */
  static List<Recorded> operations() {
    Recorded cut =
        new Recorded(
            PlanPrintersTest.PLAN,
            List.of(
                new Entry.Begun(AT, Entry.Way.RUN, "ann@ops1, process 4711", 3),
                new Entry.Intent(AT, "copy-pg2", false),
                new Entry.Result(AT, "copy-pg2", false, new Answer.Done(Facts.NONE)),
                new Entry.Intent(AT, "follow-pg3", false),
                new Entry.Result(
                    AT, "follow-pg3", false, Answer.notDone(Trouble.REFUSED, "no route"))));
    List<Entry> finished = new ArrayList<>(cut.entries());
    finished.add(new Entry.Begun(AT.plusSeconds(60), Entry.Way.RESUME, "bob@ops2, process 7", 4));
    finished.add(
        new Entry.Ended(
            AT.plusSeconds(90),
            Entry.Ending.INCOMPLETE,
            Optional.of("pg3 refuses"),
            List.of("pg3 does not follow")));
    return List.of(cut, new Recorded(PlanPrintersTest.PLAN, finished));
  }

  private static Map<String, ToIntFunction<Page>> results() {
    Snapshot seen = recorded();
    Look look = Shop.look(seen);
    Sight sight = new Sight(Shop.CLUSTER, seen, new PostgresqlEngine().survey().levels());
    List<Recorded> operations = operations();
    Map<String, ToIntFunction<Page>> results = new LinkedHashMap<>();
    results.put("status", new StatusPrinter(look)::to);
    results.put("topology", new TopologyPrinter(look)::to);
    results.put("lag", new LagPrinter(look)::to);
    results.put(
        "candidates", new CandidatesPrinter(Shop.CLUSTER, Candidates.of(Shop.CLUSTER, seen))::to);
    results.put(
        "doctor",
        new DoctorPrinter(
                Shop.CLUSTER,
                new Diagnosis(
                    List.of(
                        new Finding(
                            Finding.Level.WARNING,
                            "voters-few",
                            "2 hosts vote",
                            "declare a witness")),
                    Map.of(
                        new NodeName("pg1"),
                        List.of(
                            new Finding(
                                Finding.Level.CRITICAL, "disk", "its disk is full", "make room")))))
            ::to);
    results.put(
        "sync",
        new SyncPrinter(
                Shop.CLUSTER, seen, Guarantee.of(new PostgresqlEngine(), Shop.CLUSTER, seen))
            ::to);
    results.put("check", new CheckPrinter(sight, Monitored.of(sight, Wish.ALL))::to);
    results.put("op-list", new OperationsPrinter(operations, 3)::to);
    results.put("op-show", PlanPrinter.of(operations.get(0))::to);
    results.put("plan", PlanPrinter.of(PlanPrintersTest.PLAN)::to);
    results.put("history", new HistoryPrinter(operations, 3)::to);
    results.put(
        "inventory-show",
        new InventoryPrinter(
                new Inventory(Path.of("/etc/replctl/inventory.yaml"), List.of(Shop.CLUSTER)))
            ::to);
    return results;
  }

  private static String json(ToIntFunction<Page> result) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Console console = Console.of(out, new ByteArrayOutputStream(), Map.of());
    int code = result.applyAsInt(Page.of(console, Format.JSON, Colour.NEVER));
    console.flush();
    assertThat(code).as("0, or a monitor's").isBetween(0, 3);
    return out.toString(StandardCharsets.UTF_8);
  }

  @TestFactory
  List<DynamicTest> isAsItWas() {
    return results().entrySet().stream()
        .map(
            e -> DynamicTest.dynamicTest(e.getKey(), () -> compare(e.getKey(), json(e.getValue()))))
        .toList();
  }

  private static void compare(String verb, String json) throws IOException {
    Path file = FILES.resolve(verb + ".json");
    if (Boolean.getBoolean("replctl.generate")) {
      Files.createDirectories(FILES);
      Files.writeString(file, json);
    }
    assertThat(json)
        .as("%s; write it anew with -Dgenerate=true, if it has only grown", file.getFileName())
        .isEqualTo(Files.readString(file));
    JsonNode tree = new ObjectMapper().readTree(json);
    assertThat(tree.path("apiVersion").asText()).isEqualTo("replctl/v1");
    assertThat(tree.path("kind").asText()).matches("[A-Z][A-Za-z]+");
    names(tree);
  }

  /** Names are in camelCase; what has names of its own (options, labels) is in lists. */
  private static void names(JsonNode node) {
    node.fieldNames().forEachRemaining(name -> assertThat(name).matches("[a-z][A-Za-z0-9]*"));
    node.forEach(GoldenJsonTest::names);
  }

  @Test
  void everyFileIsOfSomeVerb() throws IOException {
    try (var files = Files.list(FILES)) {
      assertThat(files.map(f -> f.getFileName().toString().replace(".json", "")))
          .containsExactlyInAnyOrderElementsOf(results().keySet());
    }
  }
}
