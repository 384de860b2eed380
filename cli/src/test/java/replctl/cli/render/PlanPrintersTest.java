package replctl.cli.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import replctl.cli.Extent;
import replctl.cli.Failure;
import replctl.inventory.ClusterName;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.ConnectionText;
import replctl.playbooks.engine.Drift;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.journal.Recorded;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Basis;
import replctl.playbooks.plan.Outcome;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Step;
import replctl.playbooks.run.Event;
import replctl.playbooks.verb.Rehearsal;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Script;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Trouble;

class PlanPrintersTest {
  private static final Instant AT = Instant.parse("2026-11-24T03:12:00Z");
  private static final Step COPY = step("copy-pg2", "copy pg1 to pg2", "pg2");
  private static final Step FOLLOW = step("follow-pg3", "let pg3 follow pg1", "pg3").owed();
  static final Plan PLAN =
      new Plan(
          "op-1",
          "init",
          new ClusterName("shop"),
          new Basis(AT, new TreeMap<>()),
          List.of("pg4 does not answer"),
          List.of(
              Phase.inOrder("there is a copy", List.of(COPY)),
              Phase.sideBySide(
                  "all follow", List.of(FOLLOW, step("follow-pg2", "let pg2 follow pg1", "pg2")))));

  private static Step step(String name, String title, String node) {
    ScriptCall call = ScriptCall.perform(new Script("postgresql", "copy"), Map.of());
    return Step.of(name, title, Place.on(new NodeName(node)), call, Duration.ofSeconds(90));
  }

  @Test
  void aPlanIsPhasesAndSteps() {
    assertThat(Rendered.plain(PlanPrinter.of(PLAN)::lines))
        .isEqualTo(
            """
            init of shop   op-1   3 steps
            warning  pg4 does not answer

            1. there is a copy
               1  pg2  copy pg1 to pg2  at most 90 s

            2. all follow   (at the same time)
               2  pg3  let pg3 follow pg1  at most 90 s
               3  pg2  let pg2 follow pg1  at most 90 s
            """);
  }

  @Test
  void howClientsConnectIsThereToBeCopied() {
    List<ConnectionText> texts =
        List.of(
            new ConnectionText("libpq", "leader", "postgresql://pg1:5432,pg2:5432/"),
            new ConnectionText("libpq", "vip", "postgresql://10.0.0.100:5432/"),
            new ConnectionText("libpq", "pg2", "postgresql://pg2:5432/"));
    OutcomePrinter printer =
        new OutcomePrinter(
            PLAN, new Outcome.Done(Map.of()), Duration.ofMillis(1800), List.of(), texts);

    assertThat(Rendered.plain(printer::lines))
        .isEqualTo(
            """
            DONE  init of shop in 1.8 s
            connect  postgresql://pg1:5432,pg2:5432/
            connect  postgresql://10.0.0.100:5432/   (the address that the leader holds)
            connect  postgresql://pg2:5432/   (pg2 alone)
            """);
    assertThat(Json.of(printer.doc()))
        .contains("\"client\": \"libpq\"", "\"to\": \"pg2\"")
        .contains("\"text\": \"postgresql://pg2:5432/\"");
    Look look = Shop.look(Shop.SEEN, (cluster, leader) -> texts);
    assertThat(Rendered.plain(new StatusPrinter(look)::lines)).doesNotContain("postgresql://");
    assertThat(Rendered.with(new Lines.Look(true, false, false, 0), new StatusPrinter(look)::lines))
        .contains("\nconnect     postgresql://pg2:5432/   (pg2 alone)\n");
    assertThat(Json.of(new StatusPrinter(look).doc())).contains("\"connections\": [");
  }

  @Test
  void whatWasForetoldStandsBesideWhatItWas() {
    Map<String, Facts> found =
        Map.of("hand-over", new Facts(new TreeMap<>(Map.of("stood_still_ms", "310"))));
    OutcomePrinter printer =
        new OutcomePrinter(
            PLAN,
            new Outcome.Done(found),
            Duration.ofMillis(1800),
            List.of(),
            List.of(),
            Optional.of(
                new Rehearsal.Pause(
                    Duration.ofMillis(200), Duration.ofMillis(300), Duration.ofMillis(450))));
    assertThat(Rendered.plain(printer::lines))
        .endsWith("writes stood still for 0.31 s\nrehearsed  0.30 s (0.20 s to 0.45 s)\n");
    assertThat(Json.of(printer.doc())).contains("\"foretoldMs\": 300");
  }

  @Test
  void whatChangesIsToldByNode() {
    Map<NodeName, List<Drift>> drift =
        Map.of(new NodeName("pg1"), List.of(new Drift("wal_level", "replica -> logical", true)));

    assertThat(Rendered.plain(PlanPrinter.of(PLAN, drift)::lines))
        .endsWith(
            """

            What changes:
              pg1: wal_level: replica -> logical   (needs a restart)
            """);
  }

  @Test
  void aJournalSaysHowEachStepStands() {
    Recorded recorded =
        new Recorded(
            PLAN,
            List.of(
                new Entry.Begun(AT, Entry.Way.RUN, "ann@ops1", 3),
                new Entry.Intent(AT, "copy-pg2", false),
                new Entry.Result(AT, "copy-pg2", false, new Answer.Done(Facts.NONE)),
                new Entry.Intent(AT, "follow-pg3", false),
                new Entry.Result(
                    AT, "follow-pg3", false, Answer.notDone(Trouble.REFUSED, "no route")),
                new Entry.Intent(AT, "follow-pg2", false)));
    String text = Rendered.plain(PlanPrinter.of(recorded)::lines);

    assertThat(text)
        .contains("copy pg1 to pg2  done  at most")
        .contains("let pg3 follow pg1  not done  at most 90 s\n      no route\n")
        .contains("let pg2 follow pg1  unknown   at most");
    String listed =
        """
        OPERATION  VERB  BEGUN                 ENDED     BY
        op-1       init  2026-11-24T03:12:00Z  not over  ann@ops1
        """;
    assertThat(Rendered.plain(new OperationsPrinter(List.of(recorded), 0)::lines))
        .isEqualTo(listed);
    assertThat(Rendered.plain(new OperationsPrinter(List.of(recorded), 9_999)::lines))
        .isEqualTo(listed + "and 9999 older: replctl op list --limit 10000\n");
  }

  private static String text(Outcome outcome) {
    return Rendered.plain(new OutcomePrinter(PLAN, outcome, Duration.ofMillis(1800))::lines);
  }

  @Test
  void outcomesSayWhatToTypeNext() {
    Map<String, Facts> gap = Map.of("hand-over", Facts.of(Map.of("stood_still_ms", "120")));

    assertThat(text(new Outcome.Done(gap)))
        .isEqualTo("DONE  init of shop in 1.8 s\nwrites stood still for 0.12 s\n");
    Map<String, Facts> waits =
        Map.of("hand-over", Facts.of(Map.of("stood_still_ms", "120", "acks", "awaited")));
    assertThat(text(new Outcome.Done(waits)))
        .isEqualTo(
            """
            DONE  init of shop in 1.8 s
            writes stood still for 0.12 s, and on until a follower confirmed them
            """);
    assertThat(text(new Outcome.Undone("copy-pg2", "no space", Map.of())))
        .isEqualTo(
            """
            UNDONE  init of shop in 1.8 s
            no space
            All is as it was before.
            Next: replctl op show op-1
            """);
    List<String> gone = List.of("pg2: take back: copy pg1: no answer");
    assertThat(text(new Outcome.Undone("copy-pg2", "no space", Map.of(), gone)))
        .isEqualTo(
            """
            UNDONE  init of shop in 1.8 s
            no space
            All else is as it was before.
            let go  pg2: take back: copy pg1: no answer
            Next: replctl op show op-1
            """);
    assertThat(text(new Outcome.Done(Map.of(), List.of("pg3: follow pg2: no answer"))))
        .isEqualTo("DONE  init of shop in 1.8 s\nlet go  pg3: follow pg2: no answer\n");
    assertThat(text(new Outcome.Incomplete("cut off", List.of("pg3: follow"), Map.of())))
        .isEqualTo(
            """
            INCOMPLETE  init of shop in 1.8 s
            cut off
            left  pg3: follow
            Next: replctl op resume op-1
                  replctl op show op-1
            """);
    assertThat(text(new Outcome.Interrupted("it was interrupted", many(14), Map.of())))
        .startsWith("INCOMPLETE  init of shop in 1.8 s\nit was interrupted\nleft  step 1\n")
        .endsWith(
            """
            left  step 12
            left  and 2 more steps
            Next: replctl op resume op-1
                  replctl op abort op-1
                  replctl op show op-1
            """);
  }

  @Test
  void whoIsWaitedForInAHandoverMayNeverComeBack() {
    ScriptCall call = ScriptCall.perform(new Script("postgresql", "handover-opening"), Map.of());
    Duration limit = Duration.ofSeconds(5);
    Step handover =
        new Step(
            "hand-over",
            "close pg1, open pg2",
            Place.on(new NodeName("pg2")),
            new Action.Handover(
                new NodeName("pg1"),
                new NodeName("pg2"),
                call,
                call,
                Map.of(),
                limit,
                limit,
                limit,
                limit),
            Optional.empty(),
            limit,
            Step.OnFailure.STOP);
    Plan plan =
        new Plan(
            "op-1",
            "switchover",
            new ClusterName("shop"),
            new Basis(AT, new TreeMap<>()),
            List.of(),
            List.of(Phase.inOrder("hand over", List.of(handover))));
    Outcome waits =
        new Outcome.Incomplete(
            "pg2: no answer", List.of("pg2: take back: close pg1, open pg2: no answer"), Map.of());

    assertThat(Rendered.plain(new OutcomePrinter(plan, waits, Duration.ofMillis(1800))::lines))
        .endsWith(
            """
            Next: replctl op resume op-1
                  replctl op show op-1
                  replctl failover shop   if pg2 is lost for good, a minute from now
            """);
  }

  private static List<String> many(int steps) {
    return IntStream.rangeClosed(1, steps).mapToObj(i -> "step " + i).toList();
  }

  @Test
  void aRefusalEndsTheVerbWithItsCode() {
    Refusal refusal = Refusal.of(Refusal.Code.E_SPLIT_01, "two writable servers", "replctl status");
    OutcomePrinter printer = new OutcomePrinter(PLAN, new Outcome.Refused(refusal), Duration.ZERO);

    assertThatThrownBy(() -> printer.to(null))
        .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.exitCode()).isEqualTo(14));
  }

  private static Stream<Event> events() {
    Answer done = new Answer.Done(Facts.NONE);
    return Stream.of(
        new Event.PlanBegun(PLAN),
        new Event.PhaseBegun(PLAN.phases().get(0)),
        new Event.StepBegun(COPY),
        new Event.StepAt(COPY, 0, 4L << 30),
        new Event.StepAt(COPY, 1L << 30, 4L << 30),
        new Event.StepEnded(COPY, done, Duration.ofSeconds(41)),
        new Event.StepBegun(FOLLOW),
        new Event.StepEnded(
            FOLLOW, Answer.unknown(Trouble.CUT, "the line was cut"), Duration.ofSeconds(2)));
  }

  @Test
  void progressWithoutATerminalIsLines() {
    AtomicLong clock = new AtomicLong();
    String text =
        Rendered.plain(
            to -> {
              ProgressPrinter printer = new ProgressPrinter(to, () -> {}, clock::get);
              events()
                  .forEach(
                      event -> {
                        printer.on(event);
                        clock.addAndGet(10_000_000_000L);
                      });
            });

    assertThat(text)
        .isEqualTo(
            """
            init of shop  op-1
            there is a copy
              pg2: copy pg1 to pg2
              pg2: copy pg1 to pg2  0 B of 4.0 GiB (0 %)
              pg2: copy pg1 to pg2  1.0 GiB of 4.0 GiB (25 %), 102 MiB/s, 30 s left
              pg2: copy pg1 to pg2: done  41 s
              pg3: let pg3 follow pg1
              pg3: let pg3 follow pg1: unknown: the line was cut  2.0 s
            """);
  }

  @Test
  void progressOnATerminalIsRedrawnAndLeavesLines() {
    AtomicLong clock = new AtomicLong();
    java.io.StringWriter screen = new java.io.StringWriter();
    java.io.PrintWriter terminal = new java.io.PrintWriter(screen);
    LiveProgress live =
        new LiveProgress(
            terminal,
            new Lines(terminal, new Lines.Look(false, false, true, 100)),
            new Extent(new Extent.Size(100, 24)),
            clock::get);
    events()
        .forEach(
            event -> {
              live.on(event);
              clock.addAndGet(10_000_000_000L);
            });

    assertThat(screen.toString())
        .contains("copy pg1 to pg2  20 s  [#####...............]  1.0 GiB of 4.0 GiB (25 %)")
        .contains("\u001b[1A\u001b[J");
    List<String> last =
        Stream.of(screen.toString().split("\u001b\\[1A\u001b\\[J")).collect(Collectors.toList());
    assertThat(last.get(last.size() - 1))
        .isEqualTo("  pg3: let pg3 follow pg1: unknown: the line was cut  2.0 s\n");
  }

  @Test
  void ofManyStepsAsManyAreDrawnAsTheTerminalShows() {
    java.io.StringWriter screen = new java.io.StringWriter();
    java.io.PrintWriter terminal = new java.io.PrintWriter(screen);
    LiveProgress live =
        new LiveProgress(
            terminal,
            new Lines(terminal, new Lines.Look(false, false, true, 100)),
            new Extent(new Extent.Size(100, 5)),
            () -> 0);
    for (int i = 1; i <= 7; i++) {
      live.on(new Event.StepBegun(step("step-" + i, "wait", "pg" + i)));
    }

    String last = screen.toString().substring(screen.toString().lastIndexOf("\u001b[J") + 3);
    assertThat(last.lines()).hasSize(4).last().isEqualTo("  and 4 more");
  }
}
