package replctl.playbooks.real.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import replctl.inventory.secret.Secret;
import replctl.inventory.secret.SecretSource;
import replctl.inventory.secret.Secrets;
import replctl.playbooks.world.SecretRef;

class FolderVaultTest {
  private static final SecretRef PASSWORD = new SecretRef("database-password");

  @TempDir Path folder;

  private FolderVault vault(Map<SecretRef, FolderVault.Declared> declared) {
    return new FolderVault(
        folder.resolve("secrets/shop"),
        declared,
        new Secrets(Map.of("PW", "from outside"), folder),
        new SecureRandom());
  }

  @Test
  void makesASecretOnceAndKeepsItForItsOwner() throws Exception {
    FolderVault vault = vault(Map.of());
    assertThat(vault.has(PASSWORD)).isFalse();
    String made = vault.get(PASSWORD).reveal();
    assertThat(made).matches("[0-9A-Za-z]{32}");
    assertThat(vault.has(PASSWORD)).isTrue();
    assertThat(vault(Map.of()).get(PASSWORD)).isEqualTo(new Secret(made));
    assertThat(vault.get(new SecretRef("other")).reveal()).isNotEqualTo(made);
    Path made1 = folder.resolve("secrets/shop/database-password");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made1)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made1.getParent())))
        .isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(made1.getParent())) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("database-password", "other");
    }
  }

  @Test
  void manyAtOnceGetTheSame() {
    List<String> all =
        IntStream.range(0, 40)
            .parallel()
            .mapToObj(i -> vault(Map.of()).get(PASSWORD).reveal())
            .distinct()
            .toList();
    assertThat(all).hasSize(1);
  }

  @Test
  void whatTheInventorySaysWins() {
    vault(Map.of()).get(PASSWORD);
    FolderVault vault =
        vault(
            Map.of(
                PASSWORD, new FolderVault.Declared(new SecretSource.FromEnvironment("PW"), false)));
    assertThat(vault.get(PASSWORD).reveal()).isEqualTo("from outside");
    assertThat(vault.has(PASSWORD)).isTrue();
  }

  @Test
  void aKeyHasAllItsLinesAndAPasswordOne() throws Exception {
    Path file = folder.resolve("two");
    Files.writeString(file, "one\ntwo\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    SecretSource source = new SecretSource.FromFile(file);
    assertThat(
            vault(Map.of(PASSWORD, new FolderVault.Declared(source, true))).get(PASSWORD).reveal())
        .isEqualTo("one\ntwo\n");
    assertThat(
            vault(Map.of(PASSWORD, new FolderVault.Declared(source, false))).get(PASSWORD).reveal())
        .isEqualTo("one");
  }

  @Test
  void oneThatOthersMayReadIsRefused() throws Exception {
    FolderVault vault = vault(Map.of());
    String secret = vault.get(PASSWORD).reveal();
    Path file = folder.resolve("secrets/shop/database-password");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> vault.get(PASSWORD))
        .isInstanceOf(UnreadableSecret.class)
        .hasMessageContaining("chmod 600 " + file)
        .hasMessageNotContaining(secret);
  }

  /** Made by chance, the next process would let nobody in with it. */
  @Test
  void oneThatAnOperationRenewsIsNotMadeByWhoeverAsks() throws Exception {
    FolderVault vault = vault(Map.of());
    vault.get(PASSWORD);
    SecretRef next = PASSWORD.next("op-1");
    assertThatThrownBy(() -> vault.get(next))
        .isInstanceOf(UnreadableSecret.class)
        .hasMessageContaining("database-password.next.op-1 is not in");
    assertThat(vault.has(next)).isFalse();
    Path file = folder.resolve("secrets/shop/database-password.next.op-1");
    Files.writeString(file, "another\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(vault.get(next).reveal()).isEqualTo("another");
    assertThat(next.inUse()).isEqualTo(PASSWORD);
    assertThat(vault.since(PASSWORD)).isPresent();
    assertThat(vault.since(PASSWORD.before("op-1"))).isEmpty();
  }
}
