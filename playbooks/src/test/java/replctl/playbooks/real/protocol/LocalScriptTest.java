package replctl.playbooks.real.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import replctl.playbooks.real.local.LocalShell;
import replctl.playbooks.real.shell.Ending;
import replctl.playbooks.real.shell.Running;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Script;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.SecretRef;
import replctl.playbooks.world.Trouble;
import replctl.playbooks.world.Value;

class LocalScriptTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  static List<String> users() {
    return Trial.users().toList();
  }

  @ParameterizedTest
  @MethodSource("users")
  void runsAsTheUserInItsOwnHomeWithACleanEnvironment(String user) {
    try (Trial trial = Trial.local(user)) {
      Answer answer = trial.probe("echo", Map.of("a", "1 2"));
      assertThat(answer).isInstanceOf(Answer.Done.class);
      Map<String, String> facts = answer.facts().byName();
      assertThat(facts).containsEntry("user", user).containsEntry("folder", "/");
      assertThat(facts).containsEntry("value.a", "1 2");
      assertThat(facts.get("home")).isEqualTo(homeOf(user));
      assertThat(facts.get("environment").lines().map(l -> l.substring(0, l.indexOf('='))))
          .isSubsetOf(
              "HOME",
              "LC_ALL",
              "PATH",
              "PWD",
              "OLDPWD",
              "SHLVL",
              "_",
              "LOGNAME",
              "USER",
              "MAIL",
              "SHELL",
              "SUDO_COMMAND",
              "SUDO_GID",
              "SUDO_UID",
              "SUDO_USER",
              "TERM");
    }
  }

  private static String homeOf(String user) {
    try {
      return Files.readAllLines(Path.of("/etc/passwd")).stream()
          .map(line -> line.split(":"))
          .filter(fields -> fields[0].equals(user))
          .findFirst()
          .orElseThrow()[5];
    } catch (java.io.IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  @ParameterizedTest
  @MethodSource("users")
  void performsOnceAndThenFindsItDone(String user) throws Exception {
    Path folder = Trial.folder();
    try (Trial trial = Trial.local(user)) {
      Map<String, String> values =
          Map.of("state_directory", folder + "/state", "mark", folder + "/mark");
      List<Long> progress = Collections.synchronizedList(new ArrayList<>());
      Answer first =
          trial.scripts.run(
              trial.account(),
              Trial.call(ScriptCall.Mode.PERFORM, "mark", values),
              trial.in(LONG),
              (done, total) -> progress.add(done * 100 + total));
      assertThat(first).isInstanceOf(Answer.Done.class);
      assertThat(first.facts().text("changed")).contains("yes");
      assertThat(progress).containsExactly(510L, 1010L);
      Answer second = trial.perform("mark", values, LONG);
      assertThat(second.facts().text("changed")).contains("no");
      assertThat(Files.exists(folder.resolve("mark"))).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "silent, Unknown, NO_ANSWER, 'h1: trial/ending ended with exit code 7 and no answer: a word on"
        + " standard output a complaint'",
    "signal, Unknown, NO_ANSWER, 'h1: trial/ending was ended by signal number 9: a word on standard"
        + " output a complaint'",
    "refuse, NotDone, BUSY, somebody else is here",
    "fail, Unknown, SAID_NO, half done",
    "odd, Unknown, NO_ANSWER, its answer can't be read",
  })
  void saysHowAScriptEnded(String way, String kind, Trouble trouble, String words)
      throws Exception {
    Path folder = Trial.folder();
    try (Trial trial = Trial.local(LocalShell.self())) {
      Answer answer =
          trial.perform("ending", Map.of("way", way, "state_directory", folder.toString()), LONG);
      assertThat(answer.getClass().getSimpleName()).isEqualTo(kind);
      assertThat(answer.kind()).isEqualTo(trouble);
      assertThat(answer.words()).isEqualTo(words);
    }
  }

  @Test
  void keepsTheFactsThatWereToldBeforeAFailure() throws Exception {
    Path folder = Trial.folder();
    try (Trial trial = Trial.local(LocalShell.self())) {
      Answer answer =
          trial.perform(
              "ending", Map.of("way", "fail", "state_directory", folder.toString()), LONG);
      assertThat(answer.facts().byName()).isEqualTo(new TreeMap<>(Map.of("half", "yes")));
    }
  }

  @ParameterizedTest
  @MethodSource("users")
  void endsAnOverdueScriptAndAllThatItStarted(String user) throws Exception {
    Path folder = Trial.folder();
    String seconds = "36" + Math.abs(folder.toString().hashCode() % 100000);
    try (Trial trial = Trial.local(user)) {
      long from = System.nanoTime();
      Answer answer =
          trial.perform(
              "ending",
              Map.of(
                  "way",
                  "sleep",
                  "children",
                  "yes",
                  "seconds",
                  seconds,
                  "state_directory",
                  folder.toString()),
              Duration.ofMillis(700));
      assertThat(answer.kind()).isEqualTo(Trouble.OVERDUE);
      assertThat(answer.words()).matches("h1: no answer in [7-9]00 ms; it was stopped there");
      assertThat(answer.facts().text("started")).contains("yes");
      assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(2));
      assertThat(commands()).noneMatch(c -> c.endsWith("sleep " + seconds));
    }
  }

  /** The host took the script and stood still until the operator had given it up. */
  @Test
  void doesNotBeginAfterItWasGivenUp() throws Exception {
    Path folder = Trial.folder();
    Path mark = folder.resolve("mark");
    ScriptCall call =
        Trial.call(
            ScriptCall.Mode.PERFORM,
            "mark",
            Map.of("state_directory", folder.toString(), "mark", mark.toString()));
    try (Trial trial = Trial.local(LocalShell.self());
        Running running = trial.shell().start(List.of("bash", "-s"), trial.in(LONG))) {
      running.input().write(ScriptText.of(call, "NONCE", LONG, trial.vault));
      running.input().flush();
      var lines = new BufferedReader(new InputStreamReader(running.output(), UTF_8));
      assertThat(lines.readLine()).isEmpty();
      String[] begin = lines.readLine().split(" ");
      assertThat(begin).hasSize(6).startsWith("NONCE", "begin");
      long uptime = Long.parseLong(begin[5]);
      running.input().write(("go " + (uptime - 1) + "\n").getBytes(UTF_8));
      running.input().flush();
      assertThat(lines.readLine())
          .isEqualTo("NONCE answer not-done SAID_NO it was to begin before now, and did not");
      assertThat(mark).doesNotExist();
    }
  }

  /** Without the operator's word nothing begins. */
  @Test
  void doesNotBeginWhenTheOperatorIsGone() throws Exception {
    Path folder = Trial.folder();
    Path mark = folder.resolve("mark");
    ScriptCall call =
        Trial.call(
            ScriptCall.Mode.PERFORM,
            "mark",
            Map.of("state_directory", folder.toString(), "mark", mark.toString()));
    try (Trial trial = Trial.local(LocalShell.self());
        Running running = trial.shell().start(List.of("bash", "-s"), trial.in(LONG))) {
      running.input().write(ScriptText.of(call, "NONCE", LONG, trial.vault));
      running.input().close();
      assertThat(running.end(trial.in(LONG))).isEqualTo(new Ending.Exited(1));
      assertThat(mark).doesNotExist();
    }
  }

  @Test
  void whatAKilledScriptHadStartedEndsSoon() throws Exception {
    Path folder = Trial.folder();
    String seconds = "35" + Math.abs(folder.toString().hashCode() % 100000);
    try (Trial trial = Trial.local(LocalShell.self())) {
      Answer answer =
          trial.perform(
              "ending",
              Map.of("way", "orphan", "seconds", seconds, "state_directory", folder.toString()),
              LONG);
      assertThat(answer.kind()).isEqualTo(Trouble.NO_ANSWER);
      List<ProcessHandle> left =
          ProcessHandle.allProcesses()
              .filter(p -> p.info().commandLine().orElse("").endsWith("sleep " + seconds))
              .toList();
      for (ProcessHandle one : left) {
        one.onExit().get(20, TimeUnit.SECONDS);
      }
      assertThat(commands()).noneMatch(c -> c.endsWith("sleep " + seconds));
    }
  }

  /** The command lines of all processes. */
  static List<String> commands() {
    return ProcessHandle.allProcesses().map(p -> p.info().commandLine().orElse("")).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "flood, h1: it printed more than 16 MiB; it was stopped there",
    "complain, h1: it complained of more than 16 MiB; it was stopped there",
    "line, h1: it said more than is read of an answer; it was stopped there",
    "many, h1: it said more than is read of an answer; it was stopped there",
  })
  void readsNoMoreThanItsLimits(String way, String words) throws Exception {
    Path folder = Trial.folder();
    try (Trial trial = Trial.local(LocalShell.self())) {
      Answer answer =
          trial.perform("ending", Map.of("way", way, "state_directory", folder.toString()), LONG);
      assertThat(answer.kind()).isEqualTo(Trouble.NO_ANSWER);
      assertThat(answer.words()).isEqualTo(words);
    }
  }

  @Test
  void doesNotWaitForWhatAScriptLeavesBehind() throws Exception {
    Path folder = Trial.folder();
    try (Trial trial = Trial.local(LocalShell.self())) {
      long from = System.nanoTime();
      Answer answer = trial.probe("ending", Map.of("way", "daemon"));
      assertThat(answer).isInstanceOf(Answer.Done.class);
      assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(3));
    }
    Files.delete(folder);
  }

  @Test
  void refusesWhatCantBeSent() {
    try (Trial trial = Trial.local(LocalShell.self())) {
      assertThatThrownBy(() -> trial.probe("echo", Map.of("a", "x\0y")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("trial/echo, value a: a value holds a NUL character");
      assertThatThrownBy(() -> trial.probe("echo", Map.of("a", "x\ud800")))
          .hasMessage("trial/echo, value a: a value holds half a character");
      assertThatThrownBy(() -> trial.probe("echo", Map.of("a]=;id;", "x")))
          .hasMessage("not a parameter's name: a]=;id;");
      ScriptCall unresolved =
          ScriptCall.probe(new Script("trial", "echo"), Map.of("a", new Value.Known("s", "f")));
      assertThatThrownBy(() -> trial.run(unresolved, LONG))
          .hasMessage("trial/echo, value a: not resolved yet");
    }
  }

  @Test
  void sendsSecretsOnlyOnStandardInput() {
    try (Trial trial = Trial.local(LocalShell.self())) {
      SecretRef ref = new SecretRef("database-password");
      trial.secrets.put(ref, "S3cret'$(id)");
      ScriptCall call =
          ScriptCall.probe(
              new Script("trial", "echo"),
              Map.of(
                  "plain", new Value.Hidden(ref, Value.Form.PLAIN),
                  "verifier", new Value.Hidden(ref, Value.Form.SCRAM_SHA_256)));
      assertThat(call.toString()).doesNotContain("S3cret");
      Map<String, String> facts = trial.run(call, LONG).facts().byName();
      assertThat(facts).containsEntry("value.plain", "S3cret'$(id)");
      assertThat(facts.get("environment")).doesNotContain("S3cret");
      assertThat(facts.get("value.verifier")).startsWith("SCRAM-SHA-256$4096:");
      assertThat(trial.run(call, LONG).facts().byName())
          .containsEntry("value.verifier", facts.get("value.verifier"));
    }
  }
}
