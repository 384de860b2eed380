package replctl.playbooks.real.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import replctl.playbooks.real.shell.Shell;
import replctl.playbooks.world.Trouble;

class SshHostKeyTest {
  private static Sshd sshd;
  private static Reach reach;

  @BeforeAll
  static void start() throws Exception {
    sshd = Sshd.start();
    reach = new Reach();
    Sshd.key(sshd.folder.resolve("other"), "ed25519", "");
    Sshd.key(sshd.folder.resolve("authority"), "ed25519", "");
  }

  @AfterAll
  static void stop() {
    reach.close();
    sshd.close();
  }

  private static Ssh knowing(String text) throws Exception {
    Path file = Files.createTempFile(sshd.folder, "known", "");
    Files.writeString(file, text);
    return sshd.ssh(sshd.identity, file, List.of());
  }

  @Test
  void anUnknownKeyIsRefusedWithItsFingerprintAndTheNextCommand() throws Exception {
    Ssh ssh = knowing("# nothing yet\n");
    NoContact why = reach.failure(reach.to(ssh));
    assertThat(why.trouble()).isEqualTo(Trouble.HOST_KEY);
    assertThat(why)
        .hasMessage(
            "the host key of 127.0.0.1 (127.0.0.1 port "
                + sshd.port
                + ") is not known: it shows ED25519 "
                + sshd.fingerprint("host_ed25519")
                + "; compare that on the host with: ssh-keygen -lf"
                + " /etc/ssh/ssh_host_ed25519_key.pub; then: ssh-keyscan -t ed25519 -p "
                + sshd.port
                + " 127.0.0.1 >> "
                + ssh.knownHosts().orElseThrow());
  }

  @Test
  void whatItSaysToTypeHelps() throws Exception {
    Ssh ssh = knowing("");
    String why = reach.failure(reach.to(ssh)).getMessage();
    Sshd.run("sh", "-c", why.substring(why.indexOf("ssh-keyscan")) + " 2>/dev/null");
    try (Reach again = new Reach()) {
      assertThat(again.run(again.to(ssh), "echo", "hi")).isEqualTo("hi");
    }
  }

  @Test
  void aChangedKeyIsRefused() throws Exception {
    Ssh ssh = knowing("# one\n" + sshd.line("other"));
    NoContact why = reach.failure(reach.to(ssh));
    assertThat(why.trouble()).isEqualTo(Trouble.HOST_KEY);
    Path file = ssh.knownHosts().orElseThrow();
    assertThat(why)
        .hasMessage(
            "the host key of 127.0.0.1 (127.0.0.1 port "
                + sshd.port
                + ") has changed: it shows ED25519 "
                + sshd.fingerprint("host_ed25519")
                + ", known is ED25519 "
                + sshd.fingerprint("other")
                + " ("
                + file
                + " line 2); somebody may be in between; only if the host was set up anew:"
                + " ssh-keygen -R '[127.0.0.1]:"
                + sshd.port
                + "' -f "
                + file);
  }

  @Test
  void aRevokedKeyIsRefusedThoughItIsKnown() throws Exception {
    NoContact why =
        reach.failure(
            reach.to(
                knowing(
                    sshd.line("host_ed25519")
                        + "@revoked * "
                        + sshd.publicKey("host_ed25519")
                        + "\n")));
    assertThat(why.trouble()).isEqualTo(Trouble.HOST_KEY);
    assertThat(why.getMessage()).contains("is revoked: ").endsWith(" line 2");
  }

  @Test
  void hashedNamesAreFound() throws Exception {
    Ssh ssh = knowing(sshd.line("host_ed25519"));
    Sshd.run("ssh-keygen", "-q", "-H", "-f", ssh.knownHosts().orElseThrow().toString());
    assertThat(Files.readString(ssh.knownHosts().orElseThrow())).startsWith("|1|");
    assertThat(reach.run(reach.to(ssh), "echo", "hi")).isEqualTo("hi");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"127.0.0.1", "127.0.0.*,!127.0.0.2", "[127.0.0.?]:*", "10.0.0.1,127.0.0.1"})
  void namesOfOtherFormsAreFound(String names) throws Exception {
    Ssh ssh = knowing(names + " " + sshd.publicKey("host_ed25519") + " a comment\n");
    assertThat(reach.run(reach.to(ssh), "echo", "hi")).isEqualTo("hi");
  }

  @ParameterizedTest
  @CsvSource({
    "a*, abc, true", "a*c, abc, true", "*, x, true", "a?c, abc, true", "a?c, ac, false",
    "*b*, abc, true", "*b*d, abcx, false", "A*, abc, true", "a, ab, false", "'', a, false",
    "*.example.net, pg1.example.net, true", "*.example.net, example.net, false",
  })
  void patternsAreOpensshs(String pattern, String name, boolean matches) {
    assertThat(KnownHosts.like(pattern, name)).isEqualTo(matches);
  }

  @Test
  void anExcludedNameIsNotFound() {
    assertThat(KnownHosts.matches("*,!a", "a")).isFalse();
    assertThat(KnownHosts.matches("!a,*", "a")).isFalse();
    assertThat(KnownHosts.matches("!a,*", "b")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ecdsa", "rsa"})
  void otherKindsOfKeysWork(String type) throws Exception {
    Path key = sshd.folder.resolve("host_" + type);
    Sshd.key(key, type, "");
    try (Sshd other = Sshd.start(sshd.folder, Ports.free(), Map.of("HostKey", key.toString()));
        Reach fresh = new Reach()) {
      Path known = Scratch.file("known");
      Files.writeString(known, other.line("host_" + type));
      Ssh ssh = other.ssh(other.identity, known, List.of());
      assertThat(fresh.run(fresh.to(ssh), "echo", "hi")).isEqualTo("hi");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-h, 127.0.0.1, ''",
    "-h, other.example.net, doesn't match any of the principals",
    "-h, '', it names no host",
    "'', 127.0.0.1, it is no host's",
  })
  void certificatesOfAnAuthorityAreChecked(String kind, String principal, String refusal)
      throws Exception {
    Path key = Files.createTempDirectory(sshd.folder, "c").resolve("key");
    Sshd.key(key, "ed25519", "");
    List<String> sign =
        new java.util.ArrayList<>(
            List.of(
                "ssh-keygen", "-q", "-s", sshd.folder.resolve("authority").toString(), "-I", "id"));
    if (!kind.isEmpty()) {
      sign.add(kind);
    }
    if (!principal.isEmpty()) {
      sign.addAll(List.of("-n", principal));
    }
    sign.add(key + ".pub");
    Sshd.run(sign.toArray(new String[0]));
    try (Sshd other =
            Sshd.start(
                sshd.folder,
                Ports.free(),
                Map.of("HostKey", key.toString(), "HostCertificate", key + "-cert.pub"));
        Reach fresh = new Reach()) {
      Path known = Scratch.file("known");
      Files.writeString(known, "@cert-authority * " + sshd.publicKey("authority") + "\n");
      Ssh ssh = other.ssh(other.identity, known, List.of());
      if (refusal.isEmpty()) {
        assertThat(fresh.run(fresh.to(ssh), "echo", "hi")).isEqualTo("hi");
      } else {
        NoContact why = fresh.failure(fresh.to(ssh));
        assertThat(why.trouble()).isEqualTo(Trouble.HOST_KEY);
        assertThat(why.getMessage()).contains(refusal);
      }
    }
  }

  @Test
  void anAliasNamesTheKey() throws Exception {
    Path config = sshd.folder.resolve("config");
    Files.writeString(config, "Host *\n  HostKeyAlias cluster-one\n");
    Path known = Scratch.file("known");
    Files.writeString(known, "cluster-one " + sshd.publicKey("host_ed25519") + "\n");
    try (Reach with = new Reach(config.toString(), Map.of())) {
      Ssh ssh =
          new Ssh(
              Optional.empty(),
              Optional.of(sshd.port),
              Optional.of(sshd.identity),
              Optional.of(known),
              List.of(),
              Ssh.Transport.SSHJ,
              Duration.ofSeconds(2));
      assertThat(with.run(with.to(ssh), "echo", "hi")).isEqualTo("hi");
    }
  }

  /** Amid an operation, which has a connection, and needs a new one. */
  @Test
  @SuppressWarnings("try") // The first server ends in the middle.
  void aKeyThatChangesBetweenTwoStepsIsRefusedAndTheSecondIsNotRun() throws Exception {
    Path mark = sshd.folder.resolve("mark");
    try (Sshd first = Sshd.start();
        Reach operation = new Reach()) {
      Shell shell = operation.to(first.ssh());
      assertThat(operation.run(shell, "echo", "one")).isEqualTo("one");
      first.close();
      Files.delete(first.folder.resolve("host_ed25519"));
      Files.delete(first.folder.resolve("host_ed25519.pub"));
      Sshd.key(first.folder.resolve("host_ed25519"), "ed25519", "");
      try (Sshd second = Sshd.start(first.folder, first.port, Map.of())) {
        NoContact why = failure(operation, shell, mark);
        if (why.trouble() == Trouble.CUT) {
          why = failure(operation, shell, mark);
        }
        assertThat(why.trouble()).isEqualTo(Trouble.HOST_KEY);
        assertThat(why.getMessage())
            .contains("has changed", second.fingerprint("host_ed25519"), "ssh-keygen -R");
      }
    }
    assertThat(mark).doesNotExist();
  }

  private static NoContact failure(Reach operation, Shell shell, Path mark) {
    return catchThrowableOfType(
        NoContact.class, () -> operation.run(shell, "touch", mark.toString()));
  }
}
