package replctl.playbooks.real.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import replctl.inventory.ClusterName;
import replctl.inventory.NodeName;
import replctl.playbooks.epoch.Claim;
import replctl.playbooks.epoch.Promise;
import replctl.playbooks.epoch.Promises;
import replctl.playbooks.epoch.Silence;
import replctl.playbooks.plan.Electorate;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Voter;
import replctl.playbooks.real.ThreadFanout;
import replctl.playbooks.real.keep.FileStore;
import replctl.playbooks.snapshot.EpochFile;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Maintenance;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Hosts;
import replctl.playbooks.world.Ids;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Progress;
import replctl.playbooks.world.Resident;
import replctl.playbooks.world.Script;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Sql;
import replctl.playbooks.world.Trouble;
import replctl.playbooks.world.Value;
import replctl.playbooks.world.World;

/** The epoch files as the scripts really write them, three of them on this host. */
class EpochFileScriptTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final List<String> NAMES = List.of("pg1", "pg2", "pg3");

  private Trial trial;
  private Path folder;

  @BeforeEach
  void open() throws Exception {
    trial = Trial.local(System.getProperty("user.name"));
    folder = Trial.folder();
  }

  @AfterEach
  void close() {
    trial.close();
  }

  private World world() {
    Hosts hosts =
        new Hosts() {
          @Override
          public Answer run(Place on, ScriptCall call, Deadline by, Progress progress) {
            return trial.scripts.run(trial.account(), call, by, progress);
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
    Ids ids = () -> "op-1";
    return new World(
        trial.clock,
        ids,
        new ThreadFanout(trial.threads, trial.clock),
        hosts,
        Sql.NONE,
        new FileStore(folder.resolve("store")),
        trial.vault);
  }

  private Promises promises(long epoch, boolean first, String owner, String... over) {
    List<Voter> voters = new ArrayList<>();
    for (String name : NAMES) {
      NodeName node = new NodeName(name);
      voters.add(
          new Voter(node, Place.on(node), true, true, true, folder.resolve(name).toString()));
    }
    return new Promises(
        world(),
        new ClusterName("shop"),
        new Electorate(epoch, epoch - 1, first, false, List.of(over), voters),
        owner);
  }

  private static Promise held(Promises.Taken taken) {
    assertThat(taken).isInstanceOf(Promises.Taken.Held.class);
    return ((Promises.Taken.Held) taken).promise();
  }

  private static Refusal refused(Promises.Taken taken) {
    assertThat(taken).isInstanceOf(Promises.Taken.Not.class);
    return ((Promises.Taken.Not) taken).refusal();
  }

  private static Promises.Taken take(Promises promises, String op, long epoch) {
    return promises.take(
        new Claim(op, epoch, "{\"plan\":\"" + op + "\"}", false, Silence.NONE), other -> false);
  }

  private static LeaderRecord leads(String leader) {
    return new LeaderRecord(
        0,
        "",
        new NodeName(leader),
        NAMES.stream().map(NodeName::new).toList(),
        1,
        List.of(new NodeName("pg2")),
        1,
        new TreeMap<>(),
        List.of());
  }

  private Answer call(String node, String script, ScriptCall.Mode mode, Map<String, String> more) {
    Map<String, Value> values = new TreeMap<>();
    values.put("cluster_name", Value.of("shop"));
    values.put("node_name", Value.of(node));
    values.put("state_directory", Value.of(folder.resolve(node).toString()));
    more.forEach((name, text) -> values.put(name, Value.of(text)));
    return trial.run(
        new ScriptCall(new Script("voter", script), mode, new TreeMap<>(values)), LONG);
  }

  private EpochFile file(String node) {
    return EpochFile.of(call(node, "state", ScriptCall.Mode.PROBE, Map.of()).facts());
  }

  private EpochFile.Known known(String node) {
    assertThat(file(node)).isInstanceOf(EpochFile.Known.class);
    return (EpochFile.Known) file(node);
  }

  @Test
  void aPromiseIsTakenRecordedAndGivenBack() throws Exception {
    assertThat(file("pg1")).isInstanceOf(EpochFile.None.class);
    Promises promises = promises(1, true, "ann@ops1");
    Promise promise = held(take(promises, "op-a", 1));
    assertThat(promise.granted()).hasSize(3);
    assertThat(known("pg2").open()).isTrue();
    assertThat(known("pg2").votes()).isTrue();
    assertThat(known("pg2").heartbeat()).isPresent();

    assertThat(promises.record(promise, leads("pg1")).isDone()).isTrue();
    assertThat(promises.copy(promise, List.of("two", "three"), 2)).hasSize(3);
    assertThat(promises.settle(promise, List.of("three", "four"), 3)).hasSize(3);
    for (String name : NAMES) {
      EpochFile.Known known = known(name);
      assertThat(known.open()).isFalse();
      assertThat(known.leader().orElseThrow()).isEqualTo(leads("pg1").in(1, "op-a"));
      assertThat(Files.readString(folder.resolve(name + "/operations/op-a.jsonl")))
          .isEqualTo("{\"plan\":\"op-a\"}\ntwo\nthree\nfour\n");
    }
  }

  /** What is not over, not whole, newer or named by the record stays, however old it is. */
  @Test
  void journalsOfWhatIsLongOverGoWhenAnOperationEnds() throws Exception {
    Promises promises = promises(1, true, "ann@ops1");
    Promise promise = held(take(promises, "op-a", 1));
    promises.record(promise, leads("pg1"));
    String at = "{\"at\":\"2026-01-02T03:04:05Z\",\"entry\":";
    String over = at + "\"ended\",\"ending\":\"done\",\"left\":[]}\n";
    Path journals = folder.resolve("pg1/operations");
    Files.writeString(journals.resolve("op-01.jsonl"), "{}\n" + over);
    Files.writeString(journals.resolve("op-02.jsonl"), "{}\n" + over.replace("done", "incomplete"));
    Files.writeString(journals.resolve("op-03.jsonl"), "{}\n" + over + at + "\"begun\"}\n");
    Files.writeString(journals.resolve("op-04.jsonl"), "{}\n" + over.strip());
    Files.writeString(journals.resolve("op-05.jsonl"), "{}\n" + over.replace("done", "undone"));
    Files.writeString(journals.resolve("op-06.jsonl"), "{}\n" + over);
    Files.writeString(journals.resolve("op-07.jsonl"), "{}\n" + over);
    Files.writeString(journals.resolve("notes"), "mine");
    call("pg1", "settle", ScriptCall.Mode.PERFORM, settling("op-a", "1", "4", "op-0x"));
    assertThat(journalsOf("pg1"))
        .containsExactly(
            "notes",
            "op-02.jsonl",
            "op-03.jsonl",
            "op-04.jsonl",
            "op-05.jsonl",
            "op-06.jsonl",
            "op-07.jsonl",
            "op-a.jsonl");

    Promise next = held(take(promises(2, false, "ann@ops1", "op-a"), "op-b", 2));
    Files.writeString(journals.resolve("op-a.jsonl"), "{}\n" + over);
    assertThat(
            call("pg1", "settle", ScriptCall.Mode.PERFORM, settling("op-b", "2", "1", "op-06"))
                .isDone())
        .isTrue();
    assertThat(journalsOf("pg1"))
        .containsExactly(
            "notes",
            "op-02.jsonl",
            "op-03.jsonl",
            "op-04.jsonl",
            "op-06.jsonl",
            "op-07.jsonl",
            "op-a.jsonl",
            "op-b.jsonl");
    assertThat(next.operation()).isEqualTo("op-b");

    held(take(promises(3, false, "ann@ops1", "op-a", "op-b"), "op-c", 3));
    call("pg1", "settle", ScriptCall.Mode.PERFORM, settling("op-c", "3", "1", "op-z"));
    assertThat(journalsOf("pg1"))
        .containsExactly(
            "notes",
            "op-02.jsonl",
            "op-03.jsonl",
            "op-04.jsonl",
            "op-a.jsonl",
            "op-b.jsonl",
            "op-c.jsonl");
  }

  private static Map<String, String> settling(
      String op, String epoch, String keep, String expired) {
    return Map.of(
        "operation",
        op,
        "owner",
        "ann@ops1",
        "epoch",
        epoch,
        "from",
        "1",
        "journal",
        "",
        "keep",
        keep,
        "expired",
        expired);
  }

  private List<String> journalsOf(String node) throws Exception {
    try (java.util.stream.Stream<Path> files =
        Files.list(folder.resolve(node).resolve("operations"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private Answer asks(String owner, String epoch) {
    return call(
        "pg1",
        "promise",
        ScriptCall.Mode.PERFORM,
        Map.of(
            "operation",
            "op-a",
            "owner",
            owner,
            "epoch",
            epoch,
            "over",
            "op-a",
            "fresh_ms",
            "60000",
            "first",
            "yes"));
  }

  /**
   * It asks for a higher number where it has no majority; nobody else has it while it is at work.
   */
  @Test
  void aProcessRaisesItsOwnPromiseAndNoOtherDoes() {
    assertThat(asks("ann@ops1, process 1", "2").isDone()).isTrue();
    assertThat(asks("ann@ops1, process 2", "3").kind()).isEqualTo(Trouble.HELD);
    assertThat(asks("ann@ops1, process 1", "1000").isDone()).isTrue();
    assertThat(known("pg1").promised()).isEqualTo(1000);
  }

  /** The host's own clock runs from when it was told, whoever writes the record again. */
  @Test
  void aHostKnowsSinceWhenItKnowsOfMaintenance() throws Exception {
    Maintenance hands =
        new Maintenance(
            "op-a",
            "ann@ops1",
            "\"maintenance\":{\"operation\":\"op-z\" \u00e4",
            OptionalLong.of(60_000));
    Promises first = promises(1, true, "ann@ops1");
    Promise promise = held(take(first, "op-a", 1));
    first.record(promise, leads("pg1"));
    assertThat(known("pg1").maintained()).isEmpty();
    assertThat(first.record(promise, leads("pg1").next().maintained(Optional.of(hands))).isDone())
        .isTrue();
    first.settle(promise, List.of(), 1);
    assertThat(known("pg1").leader().orElseThrow().maintenance()).contains(hands);
    assertThat(known("pg1").maintained().orElseThrow()).isBetween(0L, 60_000L);
    Path path = folder.resolve("pg1/epoch");
    assertThat(Files.readString(path)).contains("\nhands op-a ");
    String since = Files.readString(path).replaceAll("(?s).*\nhands op-a ([0-9]+)\n.*", "$1");
    String earlier = Long.toString(Long.parseLong(since) - 7_200_000);
    summed(path, Files.readString(path).replace("hands op-a " + since, "hands op-a " + earlier));

    Promises second = promises(2, false, "ann@ops1");
    Promise again = held(take(second, "op-b", 2));
    second.record(again, leads("pg2").maintained(Optional.of(hands)));
    assertThat(known("pg1").maintained().orElseThrow()).isBetween(7_200_000L, 7_260_000L);
    assertThat(known("pg1").leader().orElseThrow().leader().value()).isEqualTo("pg2");

    second.record(again, leads("pg2").next());
    assertThat(known("pg1").maintained()).isEmpty();
    assertThat(Files.readString(path)).doesNotContain("hands");
  }

  @Test
  void anotherOperationIsRefusedAndTheFirstOneGoesOn() {
    Promise first = held(take(promises(1, true, "ann@ops1"), "op-a", 1));
    Refusal refusal = refused(take(promises(2, false, "bob@ops2"), "op-b", 2));
    assertThat(refusal.code()).isEqualTo(Refusal.Code.E_EPOCH_01);
    assertThat(refusal.found()).contains("op-a", "epoch 1", "ann@ops1");
    assertThat(promises(1, true, "ann@ops1").record(first, leads("pg1")).isDone()).isTrue();
  }

  /** An operator elsewhere who reads the copies would resume what was refused. */
  @Test
  void ofWhatWasRefusedNoCopyStays() throws Exception {
    Promises first = promises(1, true, "ann@ops1");
    first.settle(held(take(first, "op-a", 1)), List.of(), 1);
    Files.writeString(folder.resolve("pg2/epoch"), "");
    Files.delete(folder.resolve("pg3/epoch"));

    Refusal refusal = refused(take(promises(2, false, "bob@ops2"), "op-b", 2));

    assertThat(refusal.code()).isEqualTo(Refusal.Code.E_EPOCH_02);
    for (String name : NAMES) {
      assertThat(folder.resolve(name + "/operations/op-b.jsonl")).doesNotExist();
    }
    assertThat(folder.resolve("pg1/operations/op-a.jsonl")).exists();
    assertThat(known("pg1").open()).isFalse();
  }

  /** What a plan would change must keep its promise itself, beside a majority. */
  @Test
  void aHostThatIsToBeChangedAndCanNotWriteRefusesAll() throws Exception {
    Promises first = promises(1, true, "ann@ops1");
    first.settle(held(take(first, "op-a", 1)), List.of(), 1);
    // Not even root can put a file in the place of a folder.
    Files.createDirectories(folder.resolve("pg3/epoch.new/x"));
    Promises second = promises(2, false, "bob@ops2");

    Refusal refusal = refused(second.take(needing("op-b", "pg3"), other -> false));

    assertThat(refusal.code()).isEqualTo(Refusal.Code.E_STATE_01);
    assertThat(refusal.found()).contains("pg3: cannot write " + folder.resolve("pg3/epoch"));
    for (String name : NAMES) {
      assertThat(folder.resolve(name + "/operations/op-b.jsonl")).doesNotExist();
      assertThat(known(name).open()).isFalse();
    }
    assertThat(held(second.take(needing("op-c", "pg2"), other -> false)).granted())
        .containsExactly(new NodeName("pg1"), new NodeName("pg2"));
  }

  private static Claim needing(String op, String node) {
    return new Claim(
        op, 2, "{\"plan\":\"" + op + "\"}", false, Silence.NONE, Set.of(new NodeName(node)));
  }

  @Test
  void whatWasOvertakenIsRefusedOnEveryHostThatKnows() {
    Promise old = held(take(promises(1, true, "ann@ops1"), "op-a", 1));
    held(take(promises(2, false, "bob@ops2", "op-a"), "op-b", 2));
    Answer late = promises(1, false, "ann@ops1").record(old, leads("pg3"));
    assertThat(late.kind()).isEqualTo(Trouble.OVERTAKEN);
    assertThat(late.words()).contains("epoch 2 is held by op-b (bob@ops2");
    assertThat(known("pg1").leader()).isEmpty();
  }

  @Test
  void anOperationIsTakenFromAProcessThatIsGoneAndNotFromOneThatWorks() {
    held(take(promises(1, true, "ann@ops1, process 11"), "op-a", 1));
    Promises resuming = promises(1, false, "ann@ops1, process 12");

    Refusal works =
        refused(
            resuming.take(
                new Claim("op-a", 2, "", true, new Silence(LONG, "somebody"::equals)), o -> false));
    assertThat(works.code()).isEqualTo(Refusal.Code.E_EPOCH_01);
    assertThat(works.found()).contains("ann@ops1, process 11");
    assertThat(known("pg1").promised()).isEqualTo(1);

    Silence gone = new Silence(LONG, "ann@ops1, process 11"::equals);
    assertThat(held(resuming.take(new Claim("op-a", 2, "", true, gone), o -> false)).granted())
        .hasSize(3);
    assertThat(known("pg3").holder()).isEqualTo("ann@ops1, process 12");
  }

  @Test
  void aNumberThatIsUsedUpIsPassedOver() {
    Promises first = promises(1, true, "ann@ops1");
    first.settle(held(take(first, "op-a", 1)), List.of(), 1);
    Promise second = held(take(promises(1, false, "bob@ops2"), "op-b", 1));
    assertThat(second.epoch()).isEqualTo(2);
  }

  /** While its operator was asked, or while it waited for the other's promise. */
  @Test
  void aPlanOlderThanTheRecordIsRefusedAndGivesBackWhatItGot() {
    Promises first = promises(1, true, "ann@ops1");
    Promise promise = held(take(first, "op-b", 1));
    first.record(promise, leads("pg2"));
    first.settle(promise, List.of(), 1);

    Refusal refusal = refused(take(promises(1, false, "bob@ops2"), "op-a", 1));

    assertThat(refusal.code()).isEqualTo(Refusal.Code.E_PLAN_01);
    assertThat(refusal.found()).contains("op-b", "epoch 1", "pg2 leads");
    for (String name : NAMES) {
      assertThat(known(name).open()).isFalse();
    }
  }

  @Test
  void aHostWithoutAFileKeepsAPromiseAndHasNoVote() throws Exception {
    Promises first = promises(1, true, "ann@ops1");
    Promise promise = held(take(first, "op-a", 1));
    first.record(promise, leads("pg1"));
    first.settle(promise, List.of(), 1);
    Files.delete(folder.resolve("pg3/epoch"));

    Promises second = promises(2, false, "ann@ops1");
    Promise again = held(take(second, "op-b", 2));
    assertThat(again.granted().stream().map(NodeName::value)).containsExactly("pg1", "pg2");
    assertThat(known("pg3").votes()).isFalse();
    assertThat(second.record(again, leads("pg1")).isDone()).isTrue();
    assertThat(known("pg3").votes()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "empty, is empty or can't be read",
    "truncated, is cut off",
    "edited, was damaged or changed by hand",
    "crlf, is cut off",
    "newer, has schema 2",
    "huge, is no epoch file",
    "long, is no epoch file",
    "negative, is no epoch file",
    "node, is of node pg1 of cluster shop",
    "machine, comes from another machine",
    "link, is not a plain file",
    "folder, is not a plain file",
    "words, is cut off",
    "owner, is not a plain file of this user's",
  })
  void aFileThatCanNotBeReliedOnRefusesEverythingAndStays(String how, String why) throws Exception {
    held(take(promises(7, true, "ann@ops1"), "op-a", 7));
    Path path = folder.resolve("pg2/epoch");
    damage(how, path);
    String before = Files.isDirectory(path) ? "folder" : Files.readString(path);

    assertThat(file("pg2"))
        .isInstanceOfSatisfying(
            EpochFile.Unreadable.class, unreadable -> assertThat(unreadable.why()).contains(why));
    Map<String, String> asked =
        Map.of("operation", "op-b", "owner", "b", "epoch", "99", "over", "op-a", "first", "yes");
    Answer answer = call("pg2", "promise", ScriptCall.Mode.PERFORM, asked);
    assertThat(answer.kind()).isEqualTo(Trouble.UNREADABLE);
    assertThat(answer.words()).contains(why);
    assertThat(Files.isDirectory(path) ? "folder" : Files.readString(path)).isEqualTo(before);
  }

  private void damage(String how, Path path) throws Exception {
    String text = Files.readString(path);
    switch (how) {
      case "empty" -> Files.writeString(path, "");
      case "truncated" -> Files.writeString(path, text.substring(0, text.length() - 10));
      case "edited" -> Files.writeString(path, text.replace("promise 7", "promise 6"));
      case "crlf" -> Files.writeString(path, text.replace("\n", "\r\n"));
      case "newer" -> Files.writeString(path, text.replace("replctl-epoch 1", "replctl-epoch 2"));
      case "huge" -> summed(path, text.replace("promise 7 ", "promise 9223372036854775808 "));
      case "long" -> summed(path, text.replace(" op-a ", " op-" + "a".repeat(62) + " "));
      case "negative" -> summed(path, text.replace("promise 7 ", "promise -7 "));
      case "node" -> Files.writeString(path, Files.readString(folder.resolve("pg1/epoch")));
      case "machine" -> summed(path, text.replaceAll("machine .*", "machine 0123"));
      case "link" -> {
        Files.move(path, folder.resolve("elsewhere"));
        Files.createSymbolicLink(path, folder.resolve("elsewhere"));
      }
      case "folder" -> {
        Files.delete(path);
        Files.createDirectory(path);
      }
      case "owner" -> {
        assumeThat(System.getProperty("user.name"))
            .as("only root gives files away")
            .isEqualTo("root");
        Files.setAttribute(path, "unix:uid", 65534);
      }
      case "words" -> Files.writeString(path, "hello\n".repeat(3));
      default -> throw new IllegalArgumentException(how);
    }
  }

  /** With a sum that fits, so that it is the words that are looked at. */
  private static void summed(Path path, String text) throws Exception {
    String body = text.substring(0, text.lastIndexOf("sum "));
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(body.getBytes(UTF_8));
    Files.writeString(path, body + "sum " + HexFormat.of().formatHex(hash) + "\n");
  }

  /**
   * The clock of whoever wrote it ran ahead, or this host's was set back: it is not older for it.
   */
  @Test
  void aHeartbeatFromTheFutureIsOneOfNow() throws Exception {
    held(take(promises(7, true, "ann@ops1"), "op-a", 7));
    Files.setLastModifiedTime(
        folder.resolve("pg1/heartbeat"), FileTime.from(Instant.now().plus(Duration.ofDays(400))));

    assertThat(known("pg1").heartbeat()).hasValue(0);
    assertThat(refused(take(promises(8, false, "bob@ops2"), "op-b", 8)).found())
        .contains("last at work 0 s ago");
  }

  static List<Integer> rounds() {
    return List.of(1, 2, 3, 4, 5, 6);
  }

  /** Whoever goes on has a majority of its own, and its number is nobody else's. */
  @ParameterizedTest
  @MethodSource("rounds")
  void ofManyThatAskAtOnceOneGoesOn(int round) throws Exception {
    Promises founder = promises(1, true, "ann@ops1");
    founder.settle(held(take(founder, "op-0", 1)), List.of(), 1);
    ExecutorService racers = Executors.newFixedThreadPool(4);
    try {
      List<Future<Promises.Taken>> futures = new ArrayList<>();
      for (int i = 1; i <= 4; i++) {
        String op = "op-" + round + i;
        String owner = "racer" + i + "@ops";
        futures.add(racers.submit(() -> take(promises(2, false, owner), op, 2)));
      }
      Map<Long, String> winners = new HashMap<>();
      TreeSet<String> codes = new TreeSet<>();
      for (Future<Promises.Taken> future : futures) {
        Promises.Taken taken = future.get();
        if (taken instanceof Promises.Taken.Held held) {
          assertThat(held.promise().granted().size()).isGreaterThanOrEqualTo(2);
          assertThat(winners.put(held.promise().epoch(), held.promise().operation())).isNull();
        } else {
          codes.add(refused(taken).code().label());
        }
      }
      assertThat(winners).hasSize(1);
      assertThat(codes).containsExactly("E-EPOCH-01");
      assertThat(known("pg1").open() || known("pg2").open()).isTrue();
    } finally {
      racers.shutdownNow();
    }
  }

  @Test
  void factsOfAHostThatSaysNothingOfIt() {
    assertThat(EpochFile.of(Facts.NONE)).isEqualTo(EpochFile.SILENT);
  }

  /** A host keeps the copies of thousands of operations, and tells of the newest. */
  @Test
  void ofManyCopiesTheNewestAreToldAndEachCanBeHad() throws Exception {
    Path copies = Files.createDirectories(folder.resolve("pg2/operations"));
    for (int i = 1000; i < 1100; i++) {
      Files.writeString(copies.resolve("op-" + i + ".jsonl"), "{}\n{}\n");
    }

    Facts newest =
        call("pg2", "operations", ScriptCall.Mode.PROBE, Map.of("wanted", "none", "newest", "3"))
            .facts();
    assertThat(newest.byName())
        .containsEntry("operation.count", "3")
        .containsEntry("operation.1.name", "op-1097")
        .containsEntry("operation.3.name", "op-1099")
        .containsEntry("operation.3.lines", "2")
        .doesNotContainKey("journal");
    assertThat(
            call(
                    "pg2",
                    "operations",
                    ScriptCall.Mode.PROBE,
                    Map.of("wanted", "op-1001", "newest", "3"))
                .facts()
                .text("journal"))
        .contains("{}\n{}");
  }
}
