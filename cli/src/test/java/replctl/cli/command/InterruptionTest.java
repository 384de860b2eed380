package replctl.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import replctl.inventory.ClusterName;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Basis;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Step;
import replctl.playbooks.run.Event;
import replctl.playbooks.run.Watcher;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Script;
import replctl.playbooks.world.ScriptCall;

/** What the first signal and the second say and do, by what runs then. */
class InterruptionTest {
  private static final Duration LIMIT = Duration.ofSeconds(9);
  private static final Place PG2 = Place.on(new NodeName("pg2"));
  private static final ScriptCall CALL =
      ScriptCall.perform(new Script("postgresql", "copy"), Map.of());
  private static final Step COPY = Step.of("copy-pg2", "copy pg1 to pg2", PG2, CALL, LIMIT);
  private static final Step HAND_OVER =
      new Step(
          "hand-over",
          "close pg1, open pg2",
          PG2,
          new Action.Handover(
              new NodeName("pg1"),
              new NodeName("pg2"),
              CALL,
              CALL,
              Map.of(),
              LIMIT,
              LIMIT,
              LIMIT,
              LIMIT),
          Optional.empty(),
          LIMIT,
          Step.OnFailure.STOP);
  private static final Plan PLAN =
      new Plan(
          "op-1",
          "switchover",
          new ClusterName("shop"),
          new Basis(Instant.EPOCH, new TreeMap<>()),
          List.of(),
          List.of(Phase.inOrder("all", List.of(COPY, HAND_OVER))));

  private final List<String> said = new ArrayList<>();
  private final AtomicLong now = new AtomicLong();
  private final Interruption interruption =
      new Interruption(
          PLAN, false, Watcher.NONE, said::addAll, now::get, () -> said.add("(the process ends)"));

  private void after(Duration time) {
    now.addAndGet(time.toNanos());
    interruption.heard();
  }

  @Test
  void theFirstNamesWhatIsWaitedFor() {
    assertThat(interruption.wanted()).isFalse();
    interruption.on(new Event.StepBegun(COPY));
    interruption.heard();

    assertThat(interruption.wanted()).isTrue();
    assertThat(said)
        .containsExactly(
            "interrupted: no further step is begun. Waiting for the end of pg2: copy pg1 to pg2."
                + " Once more ends replctl at once.");
  }

  @Test
  void nothingIsWaitedForBetweenSteps() {
    interruption.on(new Event.StepBegun(COPY));
    interruption.on(new Event.StepEnded(COPY, new Answer.Done(Facts.NONE), Duration.ZERO));
    interruption.heard();

    assertThat(said)
        .containsExactly("interrupted: no further step is begun. Once more ends replctl at once.");
  }

  @Test
  void aHandOverIsNotCut() {
    interruption.on(new Event.StepBegun(HAND_OVER));
    interruption.heard();

    assertThat(said)
        .containsExactly(
            "interrupted: the hand-over is not cut: it is being finished, with all that follows it,"
                + " or taken back; writes may stand still until then. Once more ends replctl at"
                + " once.");
  }

  @Test
  void whatIsTakenBackGoesOnComingBack() {
    interruption.on(new Event.UndoBegun("pg2 did not catch up"));
    interruption.heard();

    assertThat(said)
        .containsExactly(
            "interrupted: what was begun is still being taken back. Once more ends replctl at"
                + " once.");
  }

  @Test
  void theSecondEndsAtOnceAndSaysWhatIsNotKnown() {
    interruption.on(new Event.StepBegun(HAND_OVER));
    interruption.heard();
    said.clear();
    after(Duration.ofSeconds(1));

    assertThat(said)
        .containsExactly(
            "replctl: ended at once. Not known: whether what was begun is done, half done or still"
                + " going on. Writes may stand still.",
            "Next: replctl op resume op-1",
            "      replctl op abort op-1",
            "(the process ends)");
  }

  @Test
  void oneCtrlCThatComesTwiceIsOne() {
    interruption.heard();
    after(Duration.ofMillis(40));

    assertThat(said).hasSize(1);
  }
}
