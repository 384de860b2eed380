package replctl.inventory.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

class SecretsTest {
  private static final String CANARY = "canary-5ecret";

  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void usualPrograms() {
    environment.put("PATH", "/usr/bin:/bin");
  }

  @Test
  void aFileGivesItsFirstLine() throws IOException {
    secretFile("pw", CANARY + "\nsecond line\n");

    assertThat(read("pw")).isEqualTo(found(CANARY));
  }

  @Test
  void aFileFromAnotherSystemHasNoCarriageReturn() throws IOException {
    secretFile("pw", CANARY + "\r\n");

    assertThat(read("pw")).isEqualTo(found(CANARY));
  }

  @Test
  void aKeyIsReadWhole() throws IOException {
    secretFile("key", "-----BEGIN\nabc\n-----END\n");

    assertThat(secrets().readWhole(new SecretSource.FromFile(folder.resolve("key"))))
        .isEqualTo(found("-----BEGIN\nabc\n-----END\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a'b", "a\"b", "a\\b", "a@b:c%d/e?f#g", "$HOME `id`", " x ", "\u00fc\u4e2d"})
  void anythingOnOneLineIsASecret(String secret) throws IOException {
    secretFile("pw", secret + "\n");

    assertThat(read("pw")).isEqualTo(found(secret));
  }

  @Test
  void tenKilobytesAreASecret() throws IOException {
    String long10 = "x".repeat(10_000);
    secretFile("pw", long10);

    assertThat(read("pw")).isEqualTo(found(long10));
  }

  @Test
  void aNulIsNoPartOfASecret() throws IOException {
    secretFile("pw", CANARY + "\0x");

    fails(read("pw"), Reason.MALFORMED, folder.resolve("pw") + ": it holds a NUL character");
  }

  @Test
  void anEmptyFirstLineIsNoSecret() throws IOException {
    secretFile("pw", "\n" + CANARY);

    fails(read("pw"), Reason.MALFORMED, folder.resolve("pw") + ": empty");
  }

  @Test
  void whatIsNoTextIsNoSecret() throws IOException {
    Files.write(folder.resolve("pw"), new byte[] {(byte) 0xc3, (byte) 0x28});
    mode("pw", "rw-------");

    fails(read("pw"), Reason.MALFORMED, folder.resolve("pw") + ": not UTF-8 text");
  }

  @Test
  void aHugeFileIsNoSecret() throws IOException {
    secretFile("pw", CANARY.repeat(10_000));

    fails(read("pw"), Reason.MALFORMED, folder.resolve("pw") + ": longer than 64 KiB");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw------x"})
  void whatOthersMayUseIsRefused(String mode) throws IOException {
    secretFile("pw", CANARY);
    mode("pw", mode);

    Path file = folder.resolve("pw");
    fails(
        read("pw"),
        Reason.TOO_OPEN,
        file + ": others than its owner may use it; run: chmod 600 " + file);
  }

  @Test
  void whatIsNoFileIsNamed() throws IOException {
    Files.createDirectory(folder.resolve("sub"));

    fails(read("gone"), Reason.MISSING, folder.resolve("gone") + ": there is no such file");
    fails(read("sub"), Reason.UNREADABLE, folder.resolve("sub") + ": not a plain file");
  }

  @Test
  void aVariableIsRead() {
    environment.put("PW", CANARY);

    assertThat(secrets().read(new SecretSource.FromEnvironment("PW"))).isEqualTo(found(CANARY));
    fails(
        secrets().read(new SecretSource.FromEnvironment("OTHER")),
        Reason.MISSING,
        "environment variable OTHER is not set");
  }

  @Test
  void aVariableOfTwoLinesIsNoPassword() {
    environment.put("PW", CANARY + "\nx");
    SecretSource source = new SecretSource.FromEnvironment("PW");

    fails(
        secrets().read(source),
        Reason.MALFORMED,
        "environment variable PW holds more than one line");
    assertThat(secrets().readWhole(source)).isEqualTo(found(CANARY + "\nx"));
  }

  @Test
  void aCredentialIsReadThoughSystemdShowsItsAccessListAsGroupBits() throws IOException {
    secretFile("db", CANARY + "\n");
    mode("db", "r--r-----");
    environment.put("CREDENTIALS_DIRECTORY", folder.toString());

    assertThat(secrets().read(new SecretSource.FromCredential("db"))).isEqualTo(found(CANARY));
    fails(
        secrets().read(new SecretSource.FromCredential("gone")),
        Reason.MISSING,
        "credential gone: there is no such file");
  }

  @Test
  void aCredentialNeedsSystemd() {
    fails(
        secrets().read(new SecretSource.FromCredential("db")),
        Reason.MISSING,
        "credential db: $CREDENTIALS_DIRECTORY is not set; systemd sets it in a unit");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../pw", "a/b", "..", ".", ""})
  void aCredentialStaysInItsFolder(String name) {
    environment.put("CREDENTIALS_DIRECTORY", folder.toString());

    fails(
        secrets().read(new SecretSource.FromCredential(name)),
        Reason.MISSING,
        "credential " + name + ": not the name of a credential");
  }

  @Test
  void aPlainSecretIsItself() {
    assertThat(secrets().read(new SecretSource.Plain(new Secret(CANARY)))).isEqualTo(found(CANARY));
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

  @Test
  void nothingPrintsASecret() {
    Secret secret = new Secret(CANARY);

    assertThat(secret.toString()).isEqualTo("***");
    assertThat(new Found(secret).toString()).doesNotContain(CANARY);
    assertThat(new SecretSource.Plain(secret).toString()).doesNotContain(CANARY);
    assertThat(new SecretSource.Plain(secret).inWords()).isEqualTo("***");
  }

  private Secrets secrets() {
    return new Secrets(environment, folder);
  }

  private SecretReading read(String file) {
    return secrets().read(new SecretSource.FromFile(Path.of(file)));
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

  private void secretFile(String name, String content) throws IOException {
    Files.write(folder.resolve(name), content.getBytes(StandardCharsets.UTF_8));
    mode(name, "rw-------");
  }

  private void mode(String name, String mode) throws IOException {
    Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString(mode));
  }
}
