package replctl.playbooks.real.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import replctl.playbooks.real.SystemClock;
import replctl.playbooks.real.local.LocalShell;
import replctl.playbooks.real.shell.NoContact;
import replctl.playbooks.real.shell.Running;
import replctl.playbooks.real.shell.Shell;
import replctl.playbooks.real.shell.Stream;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Deadline;

/** Shells that were started before they are needed, on this machine. */
class SpareShellsTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir private Path folder;

  private final Counting shell = new Counting();
  private final Trial trial = new Trial(shell, Optional.empty(), Optional.empty());

  @AfterEach
  void end() {
    trial.close();
  }

  /** What was started, and a latch for the next one. */
  private static final class Counting implements Shell {
    private final Shell real = new LocalShell(new SystemClock(), LocalShell.self());
    final List<Running> started = Collections.synchronizedList(new ArrayList<>());
    volatile CountDownLatch second = new CountDownLatch(2);

    @Override
    public String user() throws NoContact {
      return real.user();
    }

    @Override
    public Running start(List<String> words, Deadline by) throws NoContact {
      Running running = real.start(words, by);
      started.add(running);
      second.countDown();
      return running;
    }

    @Override
    public Stream connect(int port, Deadline by) throws NoContact {
      return real.connect(port, by);
    }

    @Override
    public void warm(Deadline by) {
      real.warm(by);
    }

    @Override
    public void close() {
      real.close();
    }
  }

  private void performed() throws InterruptedException {
    Map<String, String> values =
        Map.of("mark", folder + "/mark", "state_directory", folder.toString());
    assertThat(trial.perform("mark", values, LONG)).isInstanceOf(Answer.Done.class);
    assertThat(shell.second.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void theNextScriptRunsInTheOneThatWasStartedMeanwhile() throws Exception {
    performed();

    Answer next = trial.probe("echo", Map.of("a", "2"));

    assertThat(next.facts().byName()).containsEntry("value.a", "2");
    assertThat(shell.started).hasSize(2);
  }

  @Test
  void aLookStartsNone() {
    trial.probe("echo", Map.of("a", "1"));
    trial.probe("echo", Map.of("a", "2"));
    assertThat(shell.started).hasSize(2);
  }

  @Test
  void oneThatIsGoneIsNotUsed() throws Exception {
    performed();
    shell.started.get(1).kill();
    shell.started.get(1).end(trial.in(LONG));

    Answer next = trial.probe("echo", Map.of("a", "2"));

    assertThat(next.facts().byName()).containsEntry("value.a", "2");
    assertThat(shell.started).hasSize(3);
  }

  /** Its host is frozen: it takes what it is sent, and says nothing. */
  @Test
  void oneThatSaysNothingIsNotUsed() throws Exception {
    performed();
    Running spare = shell.started.get(1);
    spare.input().write("exec sleep 60\n".getBytes(StandardCharsets.US_ASCII));
    spare.input().flush();

    Answer next = trial.probe("echo", Map.of("a", "2"));

    assertThat(next.facts().byName()).containsEntry("value.a", "2");
    assertThat(shell.started).hasSize(3);
  }
}
