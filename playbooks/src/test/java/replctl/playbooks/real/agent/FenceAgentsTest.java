package replctl.playbooks.real.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.inventory.FenceDevice;
import replctl.inventory.NodeName;
import replctl.inventory.secret.Secret;
import replctl.inventory.secret.SecretSource;
import replctl.inventory.secret.Secrets;
import replctl.playbooks.real.Scratch;
import replctl.playbooks.real.SystemClock;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Clock;
import replctl.playbooks.world.Power;
import replctl.playbooks.world.Power.Wish;
import replctl.playbooks.world.PowerDevice;
import replctl.playbooks.world.Trouble;

/** Fence agents that do as they should, and all those that do not. */
@Timeout(60)
class FenceAgentsTest {
  private static final String CANARY = "canary-5ecret";
  private static final PowerDevice NAMED =
      new PowerDevice(new NodeName("pg1"), 1, 1, "fence_trial 10.9.0.1");
  private static final String METADATA =
      """
      <?xml version="1.0" ?>
      <resource-agent name="fence_trial" shortdesc="x">
      <parameters>
      <parameter name="action" unique="0" required="1"><content type="string"/></parameter>
      <parameter name="ip" unique="0" required="1" obsoletes="ipaddr"><content type="string"/></parameter>
      <parameter name="ipaddr" unique="0" required="1" deprecated="1"><content type="string"/></parameter>
      <parameter name="password" unique="0" required="0" obsoletes="passwd"/>
      <parameter name="passwd" unique="0" required="0" deprecated="1"/>
      <parameter name="plug" unique="0" required="0"/>
      </parameters>
      </resource-agent>
      """;

  private final Clock clock = new SystemClock();
  private Path folder;

  @BeforeEach
  void anEmptyFolder() throws IOException {
    folder = Scratch.folder("agents");
  }

  /**
   * An agent that reads its options into variables, notes each call, and does this.
   *
   * @param body sees $action, $ip, $password
   */
  private void agent(String body) throws IOException {
    Files.writeString(folder.resolve("metadata.xml"), METADATA);
    program(
        folder.resolve("fence_trial"),
        """
        here=%s
        while IFS='=' read -r key value; do declare "$key=$value"; done
        [ "$action" != metadata ] || exec cat "$here/metadata.xml"
        echo "$action $# $ip ${password-none}" >> "$here/calls"
        """
                .formatted(folder)
            + body);
  }

  private static void program(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/bash\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private List<String> calls() throws IOException {
    Path calls = folder.resolve("calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  private static FenceDevice device(
      Map<String, String> options, Map<String, SecretSource> secrets) {
    return new FenceDevice.Agent("fence_trial", options, secrets, Optional.empty());
  }

  private Answer ask(FenceDevice device, Wish wish, Duration limit) {
    String user = System.getProperty("user.name");
    Map<String, String> environment = Map.of("PATH", folder + ":/usr/bin:/bin");
    return new FenceAgents(
            named -> Optional.of(device),
            new Secrets(environment, folder),
            environment,
            new Programs(List.of(folder), Set.of(user), folder + ":/usr/bin:/bin"),
            clock)
        .ask(NAMED, wish, clock.in(limit));
  }

  private Answer ask(Wish wish) {
    SecretSource secret = new SecretSource.Plain(new Secret(CANARY));
    return ask(
        device(Map.of("ip", "10.9.0.1"), Map.of("password", secret)), wish, Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @CsvSource({"0,ON", "2,OFF", "1,UNKNOWN", "3,UNKNOWN", "255,UNKNOWN"})
  void aStatusIsItsExitCodeWhateverIsPrinted(int code, Power.Reading reading) throws IOException {
    agent("echo 'Success: Already OFF'; echo 'Status: ON' >&2; exit " + code);

    assertThat(Power.Reading.of(ask(Wish.STATUS))).isEqualTo(reading);
    assertThat(calls()).containsExactly("status 0 10.9.0.1 " + CANARY);
  }

  @Test
  void anActionCountsWhenASecondQuestionAgrees() throws IOException {
    agent(
        """
        [ "$action" = status ] || { echo "$action" > "$here/power"; exit 0; }
        [ "$(cat "$here/power" 2>/dev/null)" = off ] && exit 2
        exit 0
        """);

    assertThat(ask(Wish.OFF).facts().text(Power.STATE)).contains("off");
    assertThat(ask(Wish.ON).facts().text(Power.STATE)).contains("on");
    assertThat(calls().stream().map(c -> c.split(" ")[0]))
        .containsExactly("off", "status", "on", "status");
  }

  @Test
  void successWithoutAnEffectIsUnknown() throws IOException {
    agent("exit 0");

    Answer answer = ask(Wish.OFF);

    assertThat(answer).isInstanceOf(Answer.Unknown.class);
    assertThat(answer.words())
        .isEqualTo("it said that it switched off, and asked again it says on");
  }

  @Test
  void aFailureIsUnknownAndIsNotAskedAgain() throws IOException {
    agent(
        "echo 'Success: Powered OFF'; echo '2026-11-25 03:21:23,787 ERROR: Unable to connect/login to fencing device' >&2; exit 1");

    Answer answer = ask(Wish.OFF);

    assertThat(answer).isInstanceOf(Answer.Unknown.class);
    assertThat(answer.words()).isEqualTo("exit code 1: Unable to connect/login to fencing device");
    assertThat(calls()).hasSize(1);
  }

  @Test
  void whatItComplainsOfIsNotShownWhereASecretIsInIt() throws IOException {
    agent("echo \"login admin:$password refused\" >&2; echo \"$password\"; exit 1");

    assertThat(ask(Wish.STATUS).words()).isEqualTo("exit code 1");
  }

  /** Of a flood the beginning is kept, which may end in the middle of a secret. */
  @Test
  void halfOfASecretIsNotShownEither() throws IOException {
    agent("printf '%04086d\\n%s\\n' 0 \"$password\" >&2; exit 1");

    assertThat(ask(Wish.STATUS).words()).doesNotContain(CANARY.substring(0, 4));
  }

  @Test
  void oneThatNeverEndsIsEndedWithAllThatItStarted() throws IOException {
    agent("(setsid -w sleep 300 & sleep 301) & echo $BASHPID > \"$here/pid\"; sleep 302");
    long from = clock.nanos();

    Answer answer = ask(device(Map.of("ip", "1"), Map.of()), Wish.STATUS, Duration.ofSeconds(2));

    assertThat(answer.kind()).isEqualTo(Trouble.OVERDUE);
    assertThat(answer.words()).isEqualTo("no answer in 2 s");
    assertThat(Duration.ofNanos(clock.nanos() - from)).isLessThan(Duration.ofSeconds(8));
    long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
    assertThat(ends(pid)).isTrue();
  }

  @Test
  void oneThatForksAndHoldsItsPipesIsNotWaitedFor() throws IOException {
    agent("(sleep 300; echo late) & echo $! > \"$here/pid\"; disown; exit 2");
    long from = clock.nanos();

    assertThat(Power.Reading.of(ask(Wish.STATUS))).isEqualTo(Power.Reading.OFF);

    assertThat(Duration.ofNanos(clock.nanos() - from)).isLessThan(Duration.ofSeconds(8));
    long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
    assertThat(ends(pid)).isTrue();
  }

  /** A process that was killed is there until its parent has noticed. */
  private static boolean ends(long pid) {
    return ProcessHandle.of(pid)
        .map(p -> p.onExit().completeOnTimeout(p, 10, TimeUnit.SECONDS).join())
        .filter(ProcessHandle::isAlive)
        .isEmpty();
  }

  @Test
  void oneThatPrintsWithoutEndIsEndedAtTheDeadline() throws IOException {
    agent("yes 'Success: Powered OFF'");

    Answer answer = ask(device(Map.of("ip", "1"), Map.of()), Wish.OFF, Duration.ofSeconds(2));

    assertThat(answer.kind()).isEqualTo(Trouble.OVERDUE);
  }

  @Test
  void oneThatPrintsMuchIsBelievedByItsCode() throws IOException {
    agent("head -c 100000000 /dev/zero; exit 2");

    // Its code is what is looked at; a busy machine may take its time over 100 MB.
    Answer answer = ask(device(Map.of("ip", "1"), Map.of()), Wish.STATUS, Duration.ofMinutes(2));

    assertThat(Power.Reading.of(answer)).isEqualTo(Power.Reading.OFF);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pasword | fence_trial knows no option \"pasword\"; did you mean \"password\"?",
        "zzz | fence_trial knows no option \"zzz\""
      })
  void anOptionThatItDoesNotKnowIsRefusedInWords(String option, String words) throws IOException {
    agent("exit 0");

    Map<String, String> options = new LinkedHashMap<>(Map.of("ip", "1"));
    options.put(option, "x");
    Answer answer = ask(device(options, Map.of()), Wish.OFF, Duration.ofSeconds(10));

    assertThat(answer).isInstanceOf(Answer.NotDone.class);
    assertThat(answer.words()).isEqualTo(words);
    assertThat(calls()).isEmpty();
  }

  @Test
  void aMissingOptionIsNamedAndAnOlderNameForItIsTaken() throws IOException {
    agent("exit 2");

    Answer missing = ask(device(Map.of("plug", "1"), Map.of()), Wish.OFF, Duration.ofSeconds(10));
    Answer older = ask(device(Map.of("ipaddr", "1"), Map.of()), Wish.OFF, Duration.ofSeconds(10));

    assertThat(missing.words()).isEqualTo("fence_trial needs the option \"ip\"");
    assertThat(older).isNotInstanceOf(Answer.NotDone.class);
  }

  @Test
  void aValueOfTwoLinesIsRefusedAndNotShown() throws IOException {
    agent("exit 0");

    Answer option =
        ask(device(Map.of("ip", "x\naction=on"), Map.of()), Wish.OFF, Duration.ofSeconds(10));
    SecretSource two = new SecretSource.Plain(new Secret(CANARY + "\naction=on"));
    Answer secret =
        ask(device(Map.of("ip", "1"), Map.of("password", two)), Wish.OFF, Duration.ofSeconds(10));

    assertThat(option.words()).isEqualTo("the value of its option ip is not one line");
    assertThat(secret.words()).isEqualTo("the value of its option password is not one line");
    assertThat(calls()).isEmpty();
  }

  @Test
  void aSecretThatCanNotBeHadIsNamedByItsPlace() throws IOException {
    agent("exit 0");
    SecretSource missing = new SecretSource.FromFile(folder.resolve("secret"));

    Answer answer =
        ask(
            device(Map.of("ip", "1"), Map.of("password", missing)),
            Wish.OFF,
            Duration.ofSeconds(10));

    assertThat(answer).isInstanceOf(Answer.NotDone.class);
    assertThat(answer.words()).contains("password", "there is no such file");
    assertThat(calls()).isEmpty();
  }

  @Test
  void nothingIsOnACommandLine() throws IOException {
    agent("tr '\\0' ' ' < /proc/$$/cmdline > \"$here/line\"; exit 0");

    ask(Wish.STATUS);

    assertThat(Files.readString(folder.resolve("line")).strip()).endsWith("/fence_trial");
  }

  @Test
  void aProgramThatOthersMayChangeIsNotRun() throws IOException {
    agent("exit 0");
    Files.setPosixFilePermissions(
        folder.resolve("fence_trial"), PosixFilePermissions.fromString("rwxr-xrwx"));

    Answer answer = ask(Wish.OFF);

    assertThat(answer).isInstanceOf(Answer.NotDone.class);
    assertThat(answer.words()).contains("may be changed by others");
    assertThat(calls()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"./fence_trial", "../sbin/fence_trial", "fence_trial;id", "/tmp/fence_trial", "bash"})
  void onlyANameIsLookedUp(String name) throws IOException {
    agent("exit 0");

    Answer answer =
        ask(
            new FenceDevice.Agent(name, Map.of("ip", "1"), Map.of(), Optional.empty()),
            Wish.OFF,
            Duration.ofSeconds(10));

    assertThat(answer).isInstanceOf(Answer.NotDone.class);
    assertThat(calls()).isEmpty();
  }

  @Test
  void anAgentThatIsNotThereSaysWhereItComesFrom() {
    assertThat(ask(Wish.STATUS).words()).contains("there is no fence_trial", "fence-agents");
  }

  @Test
  void theOperatorsOwnProgramIsToldByItsLastArgument() throws IOException {
    Path own = folder.resolve("switch");
    program(
        own,
        """
        echo "$@" >> %1$s/calls
        [ "$2" = status ] || { echo "$2" > %1$s/power; exit 0; }
        grep -qx off %1$s/power && exit 2
        exit 0
        """
            .formatted(folder));
    FenceDevice device =
        new FenceDevice.Command(List.of(own.toString(), "a b;$(id)"), Optional.empty());

    Answer off = ask(device, Wish.OFF, Duration.ofSeconds(10));

    assertThat(Power.Reading.of(off)).isEqualTo(Power.Reading.OFF);
    assertThat(calls()).containsExactly("a b;$(id) off", "a b;$(id) status");
  }

  @Test
  void aDevicesOwnLimitIsShorter() throws IOException {
    agent("sleep 300");
    FenceDevice device =
        new FenceDevice.Agent(
            "fence_trial", Map.of("ip", "1"), Map.of(), Optional.of(Duration.ofSeconds(1)));

    assertThat(ask(device, Wish.STATUS, Duration.ofSeconds(60)).words())
        .isEqualTo("no answer in 1 s");
  }
}
