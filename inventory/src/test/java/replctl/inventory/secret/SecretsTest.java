package replctl.inventory.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
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
