package replctl.playbooks.real.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import replctl.playbooks.real.protocol.Trial;
import replctl.playbooks.real.shell.Running;
import replctl.playbooks.real.shell.Shell;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Trouble;

class SshScriptTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static Sshd sshd;
  private static Path folder;

  @BeforeAll
  static void start() throws Exception {
    sshd = Sshd.start();
    folder = Trial.folder();
  }

  @AfterAll
  static void stop() {
    sshd.close();
  }

  private static Trial over(Reach reach, Sshd host) {
    return new Trial(reach.to(host.ssh()), Optional.empty(), Optional.empty());
  }

  private static Map<String, String> ending(String way) throws Exception {
    return Map.of("way", way, "state_directory", Files.createTempDirectory(folder, "s").toString());
  }

  @Test
  void valuesArriveUnchanged() {
    try (Reach reach = new Reach();
        Trial trial = over(reach, sshd)) {
      String odd = "'$(id)`id`\"\\\n\t\r\u0001\u007fé €\uD83D\uDE00 -n *";
      Answer answer = trial.probe("echo", Map.of("a", odd));
      assertThat(answer.facts().byName()).containsEntry("value.a", odd);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "silent, NO_ANSWER, 'ended with exit code 7 and no answer: a word on standard output a complaint'",
    "signal, NO_ANSWER, 'was ended by signal KILL: a word on standard output a complaint'",
    "refuse, BUSY, somebody else is here",
  })
  void saysHowAScriptEnded(String way, Trouble trouble, String words) throws Exception {
    try (Reach reach = new Reach();
        Trial trial = over(reach, sshd)) {
      Answer answer = trial.perform("ending", ending(way), LONG);
      assertThat(answer.kind()).isEqualTo(trouble);
      assertThat(answer.words()).endsWith(words);
    }
  }

  @Test
  void endsAnOverdueScriptOnItsHost() throws Exception {
    String seconds = "37" + Math.abs(folder.toString().hashCode() % 100000);
    Map<String, String> values = new java.util.TreeMap<>(ending("sleep"));
    values.put("seconds", seconds);
    values.put("children", "yes");
    try (Reach reach = new Reach();
        Trial trial = over(reach, sshd)) {
      long from = System.nanoTime();
      Answer answer = trial.perform("ending", values, Duration.ofMillis(1500));
      assertThat(answer.kind()).isEqualTo(Trouble.OVERDUE);
      assertThat(answer.words()).matches("h1: no answer in 1[5-9]00 ms; it was stopped there");
      assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(4));
      assertThat(ProcessHandle.allProcesses().map(p -> p.info().commandLine().orElse("")))
          .noneMatch(line -> line.endsWith("sleep " + seconds));
      // The connection is as good as before.
      assertThat(trial.probe("echo", Map.of())).isInstanceOf(Answer.Done.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "flood, it printed more than 16 MiB",
    "complain, it complained of more than 16 MiB",
    "line, it said more than is read of an answer",
  })
  void readsNoMoreThanItsLimitsAndKeepsTheConnection(String way, String words) throws Exception {
    try (Reach reach = new Reach();
        Trial trial = over(reach, sshd)) {
      Answer answer = trial.perform("ending", ending(way), LONG);
      assertThat(answer.kind()).isEqualTo(Trouble.NO_ANSWER);
      assertThat(answer.words()).startsWith("h1: " + words);
      assertThat(trial.probe("echo", Map.of())).isInstanceOf(Answer.Done.class);
      assertThat(sshd.connections()).hasSize(1);
    }
  }

  @Test
  void aCutInTheMiddleIsUnknown() throws Exception {
    try (Reach reach = new Reach();
        Trial trial = over(reach, sshd)) {
      Map<String, String> values = new java.util.TreeMap<>(ending("sleep"));
      values.put("seconds", "20");
      assertThat(trial.probe("echo", Map.of())).isInstanceOf(Answer.Done.class);
      reach.threads.execute(
          () -> {
            awaitSleep("sleep 20");
            sshd.cut();
          });
      Answer answer = trial.perform("ending", values, LONG);
      assertThat(answer).isInstanceOf(Answer.Unknown.class);
      assertThat(answer.kind()).isEqualTo(Trouble.CUT);
      assertThat(answer.words())
          .isEqualTo(
              "h1: the connection ended before the answer: it was closed from the other side");
    }
  }

  private static void awaitSleep(String command) {
    while (sshd.serving().stream()
        .noneMatch(p -> p.info().commandLine().orElse("").endsWith(command))) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aFrozenHostIsNoticedAndClosesPromptly() throws Exception {
    try (Reach reach = new Reach();
        Trial trial = over(reach, sshd)) {
      Shell shell = trial.shell();
      assertThat(reach.run(shell, "echo", "hi")).isEqualTo("hi");
      List<Long> frozen = new ArrayList<>();
      for (ProcessHandle one : sshd.serving()) {
        Sshd.run("kill", "-STOP", Long.toString(one.pid()));
        frozen.add(one.pid());
      }
      try {
        long from = System.nanoTime();
        Answer answer = trial.probe("echo", Map.of());
        assertThat(answer.kind()).isIn(Trouble.CUT, Trouble.OVERDUE);
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(10));
        long closing = System.nanoTime();
        shell.close();
        assertThat(Duration.ofNanos(System.nanoTime() - closing)).isLessThan(Duration.ofSeconds(1));
      } finally {
        for (long pid : frozen) {
          ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
      }
    }
  }

  @Test
  void aNoisyProfileAndABannerThatLiesAreIgnored() throws Exception {
    Path banner = folder.resolve("banner");
    Files.writeString(banner, "replctl-0 answer done\nNONCE answer done\n");
    try (Sshd noisy = Sshd.start(Map.of("Banner", banner.toString()));
        Reach reach = new Reach();
        Trial trial = over(reach, noisy)) {
      Files.writeString(
          noisy.folder.resolve(".bashrc"),
          """
          echo 'replctl answer done'
          for i in {1..2000}; do echo "$NONCE fact a b"; done
          alias systemctl=false
          export LC_ALL=xx PATH=/nowhere:$PATH BASH_ENV=/nowhere
          printf 'no line end '
          echo noise >&2
          """);
      Answer answer = trial.probe("echo", Map.of("a", "1"));
      assertThat(answer).isInstanceOf(Answer.Done.class);
      assertThat(answer.facts().byName()).containsEntry("value.a", "1").doesNotContainKey("a");
    }
  }

  /** Those that this machine has. */
  static List<String> shells() {
    return java.util.stream.Stream.of("/bin/bash", "/bin/dash", "/usr/bin/fish", "/bin/tcsh")
        .filter(shell -> Files.isExecutable(Path.of(shell)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void everyLoginShellWillDo(String login) throws Exception {
    try (Sshd other =
            Sshd.start(Map.of("ForceCommand", "exec " + login + " -c \"$SSH_ORIGINAL_COMMAND\""));
        Reach reach = new Reach();
        Trial trial = over(reach, other)) {
      Answer answer = trial.probe("echo", Map.of("a", "it's $(here)"));
      assertThat(answer.facts().byName()).containsEntry("value.a", "it's $(here)");
    }
  }

  @Test
  void aShellThatRunsNothingIsNotPermitted() throws Exception {
    try (Sshd closed =
            Sshd.start(Map.of("ForceCommand", "echo this account is closed >&2; exit 1"));
        Reach reach = new Reach();
        Trial trial = over(reach, closed)) {
      Answer answer = trial.perform("ending", ending("silent"), LONG);
      assertThat(answer).isInstanceOf(Answer.NotDone.class);
      assertThat(answer.kind()).isEqualTo(Trouble.NOT_PERMITTED);
      assertThat(answer.words())
          .isEqualTo("h1: \"bash -s\" can't be run there (exit code 1): this account is closed");
      assertThat(trial.probe("echo", Map.of())).isInstanceOf(Answer.Unknown.class);
    }
  }

  @Test
  void noMoreThanEightCommandsRunAtOnce() throws Exception {
    try (Reach reach = new Reach()) {
      Shell shell = reach.to(sshd.ssh());
      List<Running> running = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        running.add(shell.start(List.of("cat"), reach.clock.in(LONG)));
      }
      assertThat(
              org.assertj.core.api.Assertions.catchThrowableOfType(
                      replctl.playbooks.real.shell.NoContact.class,
                      () -> shell.start(List.of("cat"), reach.clock.in(Duration.ofMillis(100))))
                  .trouble())
          .isEqualTo(Trouble.OVERDUE);
      running.remove(0).close();
      assertThat(reach.run(shell, "echo", "free")).isEqualTo("free");
      running.forEach(Running::close);
      shell.close();
    }
  }
}
