package replctl.playbooks.real.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import replctl.inventory.Ssh;
import replctl.playbooks.real.Ports;
import replctl.playbooks.real.Scratch;
import replctl.playbooks.real.shell.NoContact;
import replctl.playbooks.world.Trouble;

class SshLoginTest {
  private static Sshd sshd;

  @BeforeAll
  static void start() throws Exception {
    sshd = Sshd.start();
  }

  @AfterAll
  static void stop() {
    sshd.close();
  }

  private static Ssh with(Path identity) {
    return sshd.ssh(identity, sshd.knownHosts, List.of());
  }

  private static Path key(String name, String type, String passphrase, boolean authorized)
      throws Exception {
    Path file = Files.createTempDirectory(sshd.folder, "key").resolve(name);
    Sshd.key(file, type, passphrase);
    if (authorized) {
      Files.writeString(
          sshd.folder.resolve("authorized_keys"),
          Files.readString(file.resolveSibling(name + ".pub")),
          java.nio.file.StandardOpenOption.APPEND);
    }
    return file;
  }

  @ParameterizedTest
  @CsvSource({"ed25519", "ecdsa", "rsa"})
  void keysOfTheUsualKindsLogIn(String type) throws Exception {
    try (Reach reach = new Reach()) {
      assertThat(reach.run(reach.to(with(key("k", type, "", true))), "echo", "hi")).isEqualTo("hi");
    }
  }

  @Test
  void aRefusedKeyIsNamed() throws Exception {
    Path wrong = key("wrong", "ed25519", "", false);
    try (Reach reach = new Reach()) {
      NoContact why = reach.failure(reach.to(with(wrong)));
      assertThat(why.trouble()).isEqualTo(Trouble.LOGIN);
      assertThat(why)
          .hasMessage(
              "127.0.0.1 (127.0.0.1 port "
                  + sshd.port
                  + ") refuses the login of "
                  + System.getProperty("user.name")
                  + ": tried "
                  + wrong);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aKeyWithAPassphraseIsForTheAgent(boolean publicHalf) throws Exception {
    Path locked = key("locked", "ed25519", "secret words", true);
    if (!publicHalf) {
      Files.delete(locked.resolveSibling("locked.pub"));
    }
    try (Reach reach = new Reach()) {
      NoContact why = reach.failure(reach.to(with(locked)));
      assertThat(why.trouble()).isEqualTo(Trouble.LOGIN);
      assertThat(why.getMessage())
          .endsWith("tried " + locked + " (it has a passphrase: add it to the agent with ssh-add)");
    }
  }

  @Test
  void aMissingKeyIsSaid() throws Exception {
    try (Reach reach = new Reach()) {
      NoContact why = reach.failure(reach.to(with(Path.of("/nonexistent/id"))));
      assertThat(why.getMessage()).endsWith(": there is no key to try");
    }
  }

  @ParameterizedTest
  @CsvSource({"ed25519", "ecdsa", "rsa"})
  void theAgentSigns(String type) throws Exception {
    Path key = key("in-agent", type, "", true);
    Path socket = key.resolveSibling("agent");
    Process agent =
        new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
            .redirectErrorStream(true)
            .start();
    try {
      // It says what to set once it listens.
      agent.inputReader().readLine();
      Process add =
          new ProcessBuilder("sh", "-c", "SSH_AUTH_SOCK=" + socket + " ssh-add -q " + key).start();
      assertThat(add.waitFor(20, TimeUnit.SECONDS)).isTrue();
      Path moved = key.resolveSibling("gone");
      Files.move(key, moved);
      Files.writeString(key, "not a key any more");
      try (Reach reach = new Reach("none", Map.of("SSH_AUTH_SOCK", socket.toString()))) {
        assertThat(reach.run(reach.to(with(key)), "echo", "hi")).isEqualTo("hi");
      }
    } finally {
      agent.destroyForcibly();
    }
  }

  @Test
  void aDeadAgentIsSaidAndTheFilesAreTried() throws Exception {
    try (Reach reach = new Reach("none", Map.of("SSH_AUTH_SOCK", "/nonexistent/agent"))) {
      assertThat(reach.run(reach.to(sshd.ssh()), "echo", "hi")).isEqualTo("hi");
      NoContact why = reach.failure(reach.to(with(key("w", "ed25519", "", false))));
      assertThat(why.getMessage()).contains("tried no agent at /nonexistent/agent; ");
    }
  }

  @Test
  void aCertificateBesideTheKeyLogsIn() throws Exception {
    Path authority = key("authority", "ed25519", "", false);
    Path key = key("k", "ed25519", "", false);
    Sshd.run(
        "ssh-keygen",
        "-q",
        "-s",
        authority.toString(),
        "-I",
        "id",
        "-n",
        System.getProperty("user.name"),
        key + ".pub");
    try (Sshd other =
            Sshd.start(sshd.folder, Ports.free(), Map.of("TrustedUserCAKeys", authority + ".pub"));
        Reach reach = new Reach()) {
      Path known = Scratch.file("known");
      Files.writeString(known, other.line("host_ed25519"));
      assertThat(reach.run(reach.to(other.ssh(key, known, List.of())), "echo", "hi"))
          .isEqualTo("hi");
    }
  }

  @Test
  void tooManyKeysAreNotTried() throws Exception {
    StringBuilder config = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      config.append("IdentityFile ").append(key("w" + i, "ed25519", "", false)).append('\n');
    }
    Path file = Scratch.file("config");
    Files.writeString(file, config);
    try (Reach reach = new Reach(file.toString(), Map.of())) {
      Ssh ssh =
          new Ssh(
              Optional.empty(),
              Optional.of(sshd.port),
              Optional.empty(),
              Optional.of(sshd.knownHosts),
              List.of(),
              Ssh.Transport.SSHJ,
              Duration.ofSeconds(2));
      NoContact why = reach.failure(reach.to(ssh));
      assertThat(why.trouble()).isEqualTo(Trouble.LOGIN);
      assertThat(why.getMessage())
          .endsWith("more keys, which were not tried; name one as identity");
    }
  }
}
