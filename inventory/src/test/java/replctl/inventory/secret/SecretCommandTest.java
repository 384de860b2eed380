package replctl.inventory.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import replctl.inventory.secret.SecretReading.Failed;
import replctl.inventory.secret.SecretReading.Found;
import replctl.inventory.secret.SecretReading.Reason;

/** Programs that print a secret, and those that misbehave. */
class SecretCommandTest {
  private static final String CANARY = "canary-5ecret";

  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void usualPrograms() {
    environment.put("PATH", "/usr/bin:/bin");
  }

  @Test
  void aCommandGivesItsFirstLine() {
    assertThat(run("printf", CANARY + "\\nurl: x\\n")).isEqualTo(found(CANARY));
  }

  @Test
  void aCommandIsReadByNoShell() {
    assertThat(run("echo", "$(id)", ";", "`id`")).isEqualTo(found("$(id) ; `id`"));
  }

  @Test
  void aCommandSeesTheEnvironmentThatWasGivenAndNoOther() {
    environment.put("PW", CANARY);

    assertThat(run("printenv", "PW")).isEqualTo(found(CANARY));
    assertThat(run("env", "-u", "PATH", "-u", "PW", "sh", "-c", "echo ${HOME-none}"))
        .isEqualTo(found("none"));
  }

  @Test
  void aCommandStartsInTheInventorysFolder() throws IOException {
    Path script = Files.writeString(folder.resolve("get"), "#!/bin/sh\npwd\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));

    assertThat(run("./get")).isEqualTo(found(folder.toRealPath().toString()));
  }

  @Test
  void aRelativeFolderOfPathIsNotSearched() throws IOException {
    Path script = Files.writeString(folder.resolve("get"), "#!/bin/sh\necho " + CANARY + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    environment.put("PATH", ".::");

    fails(run("get"), Reason.MISSING, "command get: there is no such program");
    environment.put("PATH", folder.toString());
    assertThat(run("get")).isEqualTo(found(CANARY));
  }

  @Test
  void aCommandThatFailsSaysWhyAndNothingOfWhatItPrinted() {
    fails(
        run("sh", "-c", "echo " + CANARY + "; echo 'no such \u001b[31mentry' >&2; exit 3"),
        Reason.COMMAND_FAILED,
        "command sh: exit code 3: no such ?[31mentry");
    fails(run("false"), Reason.COMMAND_FAILED, "command false: exit code 1");
  }

  @Test
  void aCommandThatIsKilledHasFailed() {
    fails(
        run("sh", "-c", "echo " + CANARY + "; kill -9 $$"),
        Reason.COMMAND_FAILED,
        "command sh: exit code 137");
  }

  @Test
  void aCommandThatPrintsNothingGivesNoSecret() {
    fails(run("true"), Reason.MALFORMED, "command true: empty");
  }

  @Test
  void aCommandThatCannotStartIsNamed() throws IOException {
    Path script = Files.writeString(folder.resolve("odd"), "#!/nowhere/sh\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));

    fails(run("./odd"), Reason.COMMAND_FAILED, "command ./odd: it can't be started");
    fails(
        run("no-such-program"),
        Reason.MISSING,
        "command no-such-program: there is no such" + " program");
  }

  @Test
  @Timeout(30)
  void aCommandThatDoesNotEndIsEnded() throws IOException, InterruptedException {
    Path pid = folder.resolve("pid");
    SecretReading reading =
        new Secrets(environment, folder, Duration.ofMillis(500))
            .read(command("sh", "-c", "sleep 600 & echo $! > pid; echo " + CANARY + "; wait"));

    fails(reading, Reason.TIMED_OUT, "command sh: it did not end within 500 ms, and was ended");
    long child = Long.parseLong(Files.readString(pid).strip());
    ProcessHandle.of(child)
        .ifPresent(handle -> assertThat(handle.onExit()).succeedsWithin(Duration.ofSeconds(10)));
  }

  @Test
  @Timeout(30)
  void aChildThatHoldsThePipeOpenIsNotWaitedFor() {
    long start = System.nanoTime();

    SecretReading reading = run("sh", "-c", "sleep 20 & echo " + CANARY);

    assertThat(reading).isEqualTo(found(CANARY));
    assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(9));
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes " + CANARY, "yes " + CANARY + " >&2"})
  @Timeout(30)
  void aCommandThatPrintsWithoutEndIsEnded(String script) {
    SecretReading reading =
        new Secrets(environment, folder, Duration.ofMillis(700)).read(command("sh", "-c", script));

    assertThat(reading)
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.reason()).isIn(Reason.MALFORMED, Reason.TIMED_OUT);
              assertThat(failed.words()).doesNotContain(CANARY);
            });
  }

  @Test
  void manyWordsOnTheErrorPipeDoNotBlock() {
    assertThat(run("sh", "-c", "head -c 300000 /dev/zero >&2; echo " + CANARY))
        .isEqualTo(found(CANARY));
  }

  private Secrets secrets() {
    return new Secrets(environment, folder);
  }

  private SecretReading run(String... words) {
    return secrets().read(command(words));
  }

  private static SecretSource command(String... words) {
    return new SecretSource.FromCommand(List.copyOf(Arrays.asList(words)));
  }

  private static SecretReading found(String secret) {
    return new Found(new Secret(secret));
  }

  private static void fails(SecretReading reading, Reason reason, String words) {
    assertThat(reading).isEqualTo(new Failed(reason, words));
    assertThat(words).doesNotContain(CANARY);
  }
}
