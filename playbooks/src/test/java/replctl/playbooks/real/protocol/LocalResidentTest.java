package replctl.playbooks.real.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import replctl.playbooks.real.Scratch;
import replctl.playbooks.real.local.LocalShell;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Resident;
import replctl.playbooks.world.Trouble;

class LocalResidentTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private Path state;

  @BeforeEach
  void makeFolder() throws Exception {
    state = Scratch.folder("resident");
  }

  private Map<String, String> values(String lease) {
    return Map.of("state_directory", state.toString(), "lease", lease);
  }

  /** Waits until nobody holds the node's lock; false: somebody held it for so many seconds. */
  private boolean lockIsFree(int seconds) throws Exception {
    Process flock =
        new ProcessBuilder("flock", "-w", "" + seconds, state.resolve("lock").toString(), "true")
            .start();
    return flock.waitFor() == 0;
  }

  @Test
  void takesCommandsAndLeaves() throws Exception {
    try (Trial trial = Trial.local(LocalShell.self())) {
      Resident resident = trial.open(values("10"));
      assertThat(resident.ready(trial.in(LONG))).isInstanceOf(Answer.Done.class);
      String odd = "a\tb\nc\\d\\n'$(id)`\r é";
      Answer answer = resident.ask("say", Map.of("one", odd, "two", ""), trial.in(LONG));
      assertThat(answer.facts().byName()).containsEntry("one", odd).containsEntry("two", "");
      assertThat(resident.ask("no", Map.of(), trial.in(LONG)))
          .isEqualTo(Answer.notDone(Trouble.SAID_NO, "not now"));
      assertThat(resident.ask("unheard-of", Map.of(), trial.in(LONG)).words())
          .isEqualTo("no such command: unheard-of");
      assertThat(lockIsFree(0)).isFalse();
      resident.close();
      assertThat(lockIsFree(5)).isTrue();
    }
  }

  @Test
  void anAnswerThatComesTooLateIsNotTheNextOnes() throws Exception {
    try (Trial trial = Trial.local(LocalShell.self());
        Resident resident = trial.open(values("10"))) {
      assertThat(resident.ready(trial.in(LONG)).isDone()).isTrue();
      Answer slow =
          resident.ask("slow", Map.of("seconds", "1.5"), trial.in(Duration.ofMillis(200)));
      assertThat(slow).isInstanceOf(Answer.Unknown.class);
      assertThat(slow.kind()).isEqualTo(Trouble.OVERDUE);
      Answer next = resident.ask("say", Map.of("a", "b"), trial.in(LONG));
      assertThat(next.facts().byName()).containsEntry("a", "b").doesNotContainKey("slow");
    }
  }

  @Test
  void leavesWhenItHearsNothingForItsLease() throws Exception {
    ScheduledThreadPoolExecutor paused = new ScheduledThreadPoolExecutor(0);
    paused.shutdownNow();
    ScheduledThreadPoolExecutor frozen =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread never = new Thread(() -> {});
              never.setDaemon(true);
              return never;
            });
    try (Trial trial = Trial.local(LocalShell.self());
        Resident resident = trial.open(values("1"), frozen)) {
      assertThat(resident.ready(trial.in(LONG)).isDone()).isTrue();
      assertThat(lockIsFree(20)).isTrue();
      Answer late =
          resident.ask("mark", Map.of("mark", state.resolve("mark").toString()), trial.in(LONG));
      assertThat(late).isInstanceOf(Answer.NotDone.class);
      assertThat(late.words())
          .isEqualTo("h1: trial/stay had ended: it heard nothing for its lease");
      assertThat(state.resolve("mark")).doesNotExist();
    } finally {
      frozen.shutdownNow();
    }
  }

  @Test
  void staysForAsLongAsItHearsThatTheOperatorIsThere() throws Exception {
    try (Trial trial = Trial.local(LocalShell.self());
        Resident resident = trial.open(values("1"))) {
      assertThat(resident.ready(trial.in(LONG)).isDone()).isTrue();
      assertThat(lockIsFree(4)).isFalse();
      assertThat(resident.ask("say", Map.of("a", "b"), trial.in(LONG)).isDone()).isTrue();
    }
  }

  /** The host stood still, and a command and beats were waiting. */
  @Test
  void doesNothingThatWasGivenUpWhileItStoodStill() throws Exception {
    Path mark = state.resolve("mark");
    try (Trial trial = Trial.local(LocalShell.self());
        Resident resident = trial.open(values("10"))) {
      assertThat(resident.ready(trial.in(LONG)).isDone()).isTrue();
      String pid = resident.ask("say", Map.of(), trial.in(LONG)).facts().text("pid").orElseThrow();
      assertThat(new ProcessBuilder("kill", "-STOP", pid).start().waitFor()).isZero();
      Answer answer =
          resident.ask("mark", Map.of("mark", mark.toString()), trial.in(Duration.ofSeconds(1)));
      assertThat(answer.kind()).isEqualTo(Trouble.OVERDUE);
      assertThat(new ProcessBuilder("kill", "-CONT", pid).start().waitFor()).isZero();
      // What comes now is fresh, and done; it is answered after what waited.
      assertThat(resident.ask("say", Map.of("a", "b"), trial.in(LONG)).isDone()).isTrue();
      assertThat(mark).doesNotExist();
    }
  }

  @Test
  void isUnknownWhenItDiesInACommandAndNotDoneAfter() throws Exception {
    try (Trial trial = Trial.local(LocalShell.self());
        Resident resident = trial.open(values("10"))) {
      assertThat(resident.ready(trial.in(LONG)).isDone()).isTrue();
      Answer died = resident.ask("die", Map.of(), trial.in(LONG));
      assertThat(died).isInstanceOf(Answer.Unknown.class);
      assertThat(died.kind()).isEqualTo(Trouble.NO_ANSWER);
      Answer after = resident.ask("say", Map.of(), trial.in(LONG));
      assertThat(after)
          .isEqualTo(Answer.notDone(Trouble.CUT, "h1: it had ended before this was asked"));
    }
  }

  @Test
  void aCommandMayGiveUpWithItsOwnAnswer() throws Exception {
    try (Trial trial = Trial.local(LocalShell.self());
        Resident resident = trial.open(values("10"))) {
      assertThat(resident.ready(trial.in(LONG)).isDone()).isTrue();
      assertThat(resident.ask("quit", Map.of(), trial.in(LONG)))
          .isEqualTo(Answer.unknown(Trouble.SAID_NO, "gave up"));
    }
  }

  @Test
  void onlyOneHoldsANode() throws Exception {
    try (Trial trial = Trial.local(LocalShell.self());
        Resident first = trial.open(values("10"))) {
      assertThat(first.ready(trial.in(LONG)).isDone()).isTrue();
      Map<String, String> waiting = new TreeMap<>(values("10"));
      waiting.put("lock_wait", "0");
      try (Resident second = trial.open(waiting)) {
        Answer answer = second.ready(trial.in(LONG));
        assertThat(answer).isInstanceOf(Answer.NotDone.class);
        assertThat(answer.kind()).isEqualTo(Trouble.BUSY);
      }
    }
  }

  @Test
  void refusesACallWithoutALease() throws Exception {
    try (Trial trial = Trial.local(LocalShell.self())) {
      assertThatThrownBy(() -> trial.open(Map.of("state_directory", state.toString())))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("trial/stay: its value lease is no time in seconds");
    }
  }

  @Test
  void refusesACommandThatWouldBeTwoLines() throws Exception {
    try (Trial trial = Trial.local(LocalShell.self());
        Resident resident = trial.open(values("10"))) {
      assertThatThrownBy(() -> resident.ask("say\nmark", Map.of(), trial.in(LONG)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> resident.ask("say", Map.of("a\tb", ""), trial.in(LONG)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void closesPromptlyAlsoInTheMiddleOfACommand() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (Trial trial = Trial.local(LocalShell.self())) {
      Resident resident = trial.open(values("10"));
      assertThat(resident.ready(trial.in(LONG)).isDone()).isTrue();
      trial.threads.execute(
          () -> {
            asked.countDown();
            resident.ask("slow", Map.of("seconds", "3"), trial.in(LONG));
          });
      assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();
      long from = System.nanoTime();
      resident.close();
      assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(2));
    }
  }
}
