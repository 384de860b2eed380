package replctl.playbooks.real.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import replctl.inventory.Ssh;
import replctl.playbooks.real.Ports;
import replctl.playbooks.real.Scratch;
import replctl.playbooks.real.shell.NoContact;
import replctl.playbooks.real.shell.Shell;
import replctl.playbooks.real.shell.Stream;
import replctl.playbooks.world.Passage;
import replctl.playbooks.world.Trouble;

class SshJumpTest {
  private static Sshd bastion;
  private static Sshd target;
  private static Path known;

  @BeforeAll
  static void start() throws Exception {
    bastion = Sshd.start();
    target = Sshd.start(bastion.folder, Ports.free(), Map.of());
    known = Scratch.file("known");
    Files.writeString(known, bastion.line("host_ed25519") + target.line("host_ed25519"));
  }

  @AfterAll
  static void stop() {
    target.close();
    bastion.close();
  }

  private static Ssh behind(Sshd host, String jump) {
    return host.ssh(host.identity, known, List.of(jump));
  }

  private static String jump() {
    return System.getProperty("user.name") + "@127.0.0.1:" + bastion.port;
  }

  @Test
  void manyHostsShareOneConnectionToTheJumpHost() throws Exception {
    try (Reach reach = new Reach()) {
      Shell one = reach.to(behind(target, jump()));
      Shell two = reach.to(behind(target, jump()));
      assertThat(reach.run(one, "echo", "one")).isEqualTo("one");
      assertThat(reach.run(two, "echo", "two")).isEqualTo("two");
      assertThat(bastion.connections()).hasSize(1);
      one.close();
      two.close();
    }
  }

  @Test
  void twoJumpsAreChained() throws Exception {
    try (Reach reach = new Reach()) {
      Ssh ssh = target.ssh(target.identity, known, List.of(jump(), "127.0.0.1:" + target.port));
      assertThat(reach.run(reach.to(ssh), "echo", "hi")).isEqualTo("hi");
    }
  }

  @Test
  void theOperatorsOwnSettingsMayNameTheJump() throws Exception {
    Path config = Scratch.file("config");
    Files.writeString(
        config,
        "Host pg1\n  HostName 127.0.0.1\n  Port "
            + target.port
            + "\n  ProxyJump gate\nHost gate\n  HostName 127.0.0.1\n  Port "
            + bastion.port
            + "\nHost *\n  UserKnownHostsFile "
            + known
            + "\n  IdentityFile "
            + target.identity
            + "\n");
    try (Reach reach = new Reach(config.toString(), Map.of())) {
      assertThat(reach.run(reach.to("pg1", Ssh.DEFAULTS), "echo", "hi")).isEqualTo("hi");
      assertThat(reach.to("pg1", Ssh.DEFAULTS).way())
          .containsExactly(new Passage("gate", "127.0.0.1"), new Passage("pg1", "127.0.0.1"));
    }
  }

  @Test
  void aClosedPortBehindTheJumpIsRefused() throws Exception {
    int port = Ports.free();
    try (Reach reach = new Reach()) {
      Ssh ssh = behind(target, jump());
      NoContact why =
          reach.failure(
              reach.to(
                  new Ssh(
                      ssh.user(),
                      Optional.of(port),
                      ssh.identity(),
                      ssh.knownHosts(),
                      ssh.jump(),
                      ssh.transport(),
                      ssh.connectTimeout())));
      assertThat(why.trouble()).isEqualTo(Trouble.REFUSED);
      assertThat(why.getMessage())
          .startsWith("127.0.0.1 (127.0.0.1 port " + bastion.port + ") cannot connect to");
    }
  }

  @Test
  void aSilentHostBehindTheJumpIsSilent() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Reach reach = new Reach()) {
      Ssh ssh = behind(target, jump());
      NoContact why =
          reach.failure(
              reach.to(
                  new Ssh(
                      ssh.user(),
                      Optional.of(listener.getLocalPort()),
                      ssh.identity(),
                      ssh.knownHosts(),
                      ssh.jump(),
                      ssh.transport(),
                      ssh.connectTimeout())));
      assertThat(why.trouble()).isEqualTo(Trouble.SILENT);
    }
  }

  @Test
  void aJumpHostThatDoesNotForwardSaysSoWithTheCure() throws Exception {
    try (Sshd closed =
            Sshd.start(bastion.folder, Ports.free(), Map.of("AllowTcpForwarding", "no"));
        Reach reach = new Reach()) {
      Path both = Scratch.file("known");
      Files.writeString(both, closed.line("host_ed25519"));
      NoContact why =
          reach.failure(
              reach.to(target.ssh(target.identity, both, List.of("127.0.0.1:" + closed.port))));
      assertThat(why.trouble()).isEqualTo(Trouble.NOT_PERMITTED);
      assertThat(why.getMessage())
          .contains("does not forward to 127.0.0.1 port " + target.port)
          .endsWith("its sshd needs AllowTcpForwarding local");
      // The same for a port of the host's own.
      Shell shell = reach.to(closed.ssh(closed.identity, both, List.of()));
      NoContact tunnel =
          catchThrowableOfType(
              NoContact.class, () -> shell.connect(5432, reach.clock.in(Reach.LONG)));
      assertThat(tunnel.trouble()).isEqualTo(Trouble.NOT_PERMITTED);
    }
  }

  @Test
  void aJumpHostThatIsDownIsNamed() throws Exception {
    int port = Ports.free();
    try (Reach reach = new Reach()) {
      NoContact why = reach.failure(reach.to(behind(target, "127.0.0.1:" + port)));
      assertThat(why.trouble()).isEqualTo(Trouble.REFUSED);
      assertThat(why.getMessage()).contains("port " + port);
    }
  }

  @Test
  void anUnknownHostBehindTheJumpIsRefusedToo() throws Exception {
    Path one = Scratch.file("known");
    Files.writeString(one, bastion.line("host_ed25519"));
    try (Reach reach = new Reach()) {
      NoContact why = reach.failure(reach.to(target.ssh(target.identity, one, List.of(jump()))));
      assertThat(why.trouble()).isEqualTo(Trouble.HOST_KEY);
      assertThat(why.getMessage()).endsWith("log in once with ssh, through the same jump host");
    }
  }

  @Test
  void aPortOfTheHostsOwnIsReached() throws Exception {
    try (ServerSocket echo = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Reach reach = new Reach()) {
      reach.threads.execute(
          () -> {
            try (Socket socket = echo.accept()) {
              socket.getInputStream().transferTo(socket.getOutputStream());
            } catch (java.io.IOException closed) {
              // With the test.
            }
          });
      Shell shell = reach.to(behind(target, jump()));
      try (Stream stream = shell.connect(echo.getLocalPort(), reach.clock.in(Reach.LONG))) {
        stream.out().write("hello".getBytes(StandardCharsets.US_ASCII));
        stream.out().flush();
        assertThat(new String(stream.in().readNBytes(5), StandardCharsets.US_ASCII))
            .isEqualTo("hello");
      }
      int closed = Ports.free();
      NoContact why =
          catchThrowableOfType(
              NoContact.class, () -> shell.connect(closed, reach.clock.in(Reach.LONG)));
      assertThat(why.trouble()).isEqualTo(Trouble.REFUSED);
    }
  }

  /** Those behind it ask one after the other, and each time it hangs up at once. */
  @Test
  void aJumpHostThatFailsIsDialledOnceForAllBehindIt() throws Exception {
    try (Reach reach = Reach.withoutClient();
        SilentHost gate = SilentHost.hangingUp(reach.threads)) {
      for (int i = 1; i <= 5; i++) {
        Shell shell =
            reach.to(
                "127.0.0." + i,
                new Ssh(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(target.identity),
                    Optional.of(known),
                    List.of("127.0.0.1:" + gate.port()),
                    Ssh.Transport.SSHJ,
                    Reach.LONG));
        assertThat(reach.failure(shell).trouble()).isEqualTo(Trouble.CUT);
      }
      assertThat(gate.dialled()).hasSize(1);
    }
  }
}
