package replctl.playbooks.real.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import replctl.playbooks.real.SystemClock;
import replctl.playbooks.real.local.LocalShell;
import replctl.playbooks.real.shell.Ending;
import replctl.playbooks.real.shell.Running;
import replctl.playbooks.real.shell.Threads;
import replctl.playbooks.world.Clock;

class SshjShellTest {
  private static final Clock CLOCK = new SystemClock();
  private static final Threads THREADS = new Threads();
  private static Sshd sshd;

  @BeforeAll
  static void start() throws Exception {
    sshd = Sshd.start();
  }

  @AfterAll
  static void stop() {
    sshd.close();
  }

  @Test
  void runs() throws Exception {
    SshjLinks links =
        new SshjLinks(
            new Routes(
                List.of("ssh", "-F", "none"),
                Map.of("PATH", System.getenv("PATH")),
                "/nonexistent",
                LocalShell.self()),
            THREADS,
            CLOCK);
    for (int i = 0; i < 2; i++) {
      SshjShell shell = new SshjShell("127.0.0.1", sshd.ssh(), links);
      long t0 = System.nanoTime();
      try (Running running = shell.start(List.of("echo", "hi"), CLOCK.in(Duration.ofSeconds(5)))) {
        assertThat(new String(running.output().readAllBytes(), StandardCharsets.UTF_8))
            .isEqualTo("hi\n");
        assertThat(running.end(CLOCK.in(Duration.ofSeconds(5)))).isEqualTo(new Ending.Exited(0));
      }
      long t1 = System.nanoTime();
      try (Running running = shell.start(List.of("echo", "hi"), CLOCK.in(Duration.ofSeconds(5)))) {
        assertThat(new String(running.output().readAllBytes(), StandardCharsets.UTF_8))
            .isEqualTo("hi\n");
        assertThat(running.end(CLOCK.in(Duration.ofSeconds(5)))).isEqualTo(new Ending.Exited(0));
      }
      long t2 = System.nanoTime();
      System.err.println("first " + (t1 - t0) / 1000 + " us, second " + (t2 - t1) / 1000);
      shell.close();
    }
  }
}
