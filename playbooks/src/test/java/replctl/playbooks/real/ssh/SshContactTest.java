package replctl.playbooks.real.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import replctl.inventory.Ssh;
import replctl.playbooks.real.Ports;
import replctl.playbooks.real.Scratch;
import replctl.playbooks.real.shell.NoContact;
import replctl.playbooks.real.shell.Shell;
import replctl.playbooks.world.Trouble;

class SshContactTest {
  private static final Path NONE = Path.of("/nonexistent");

  private static ServerSocket listener(int backlog) throws Exception {
    return new ServerSocket(0, backlog, InetAddress.getLoopbackAddress());
  }

  @Test
  void aClosedPortIsRefused() throws Exception {
    int port = Ports.free();
    try (Reach reach = new Reach()) {
      NoContact why = reach.failure(reach.to(Reach.at(port, NONE)));
      assertThat(why.trouble()).isEqualTo(Trouble.REFUSED);
      assertThat(why)
          .hasMessage(
              "127.0.0.1 (127.0.0.1 port " + port + ") is up, and nothing listens at port " + port);
    }
  }

  @Test
  void aNameWithoutAnAddressIsSaid() {
    try (Reach reach = new Reach()) {
      NoContact why = reach.failure(reach.to("nowhere.invalid", Reach.at(22, NONE)));
      assertThat(why.trouble()).isEqualTo(Trouble.NO_ADDRESS);
      assertThat(why).hasMessage("the name nowhere.invalid has no address");
    }
  }

  /** With its queue full, Linux drops what asks for a connection: as if the host were gone. */
  @Test
  void noAnswerAtAllIsUnreachable() throws Exception {
    try (ServerSocket listener = listener(1);
        Socket first = new Socket();
        Socket second = new Socket();
        Reach reach = new Reach()) {
      for (Socket socket : List.of(first, second)) {
        socket.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort()));
      }
      long from = System.nanoTime();
      NoContact why = reach.failure(reach.to(Reach.at(listener.getLocalPort(), NONE)));
      assertThat(why.trouble()).isEqualTo(Trouble.UNREACHABLE);
      assertThat(why.getMessage()).endsWith("does not answer within 800 ms");
      assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(4));
    }
  }

  @Test
  void aHostThatSaysNothingIsSilent() throws Exception {
    try (ServerSocket listener = listener(10);
        Reach reach = new Reach()) {
      long from = System.nanoTime();
      NoContact why = reach.failure(reach.to(Reach.at(listener.getLocalPort(), NONE)));
      assertThat(why.trouble()).isEqualTo(Trouble.SILENT);
      assertThat(why.getMessage())
          .endsWith(
              "takes connections and says nothing within 800 ms: it hangs or is overloaded, or"
                  + " that is no SSH port");
      assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(4));
    }
  }

  @Test
  void aHostThatStopsInTheLoginIsSilent() throws Exception {
    List<Socket> accepted = new CopyOnWriteArrayList<>();
    try (ServerSocket listener = listener(10);
        Reach reach = new Reach()) {
      reach.threads.execute(
          () -> {
            try {
              // Kept: a socket that nobody knows is closed.
              Socket socket = listener.accept();
              accepted.add(socket);
              socket
                  .getOutputStream()
                  .write("SSH-2.0-Frozen\r\n".getBytes(StandardCharsets.US_ASCII));
            } catch (java.io.IOException closed) {
              // With the test.
            }
          });
      NoContact why = reach.failure(reach.to(Reach.at(listener.getLocalPort(), NONE)));
      assertThat(why.trouble()).isEqualTo(Trouble.SILENT);
      assertThat(why.getMessage()).contains("stopped answering during the login");
      accepted.get(0).close();
    }
  }

  @Test
  void aHostThatHangsUpAtOnceSaysSo() throws Exception {
    try (ServerSocket listener = listener(10);
        Reach reach = new Reach()) {
      reach.threads.execute(
          () -> {
            try {
              listener.accept().close();
            } catch (java.io.IOException closed) {
              // With the test.
            }
          });
      NoContact why = reach.failure(reach.to(Reach.at(listener.getLocalPort(), NONE)));
      assertThat(why.trouble()).isEqualTo(Trouble.CUT);
      assertThat(why.getMessage()).contains("MaxStartups");
    }
  }

  @Test
  void connectsOnceForManyWhoAsk() throws Exception {
    try (Sshd sshd = Sshd.start();
        Reach reach = new Reach()) {
      Shell shell = reach.to(sshd.ssh());
      List<String> printed =
          java.util.stream.IntStream.range(0, 20)
              .parallel()
              .mapToObj(
                  i -> {
                    try {
                      return reach.run(shell, "echo", "n" + i);
                    } catch (Exception failed) {
                      return failed.toString();
                    }
                  })
              .toList();
      assertThat(printed).hasSize(20).allMatch(text -> text.matches("n[0-9]+"));
      assertThat(sshd.connections()).hasSize(1);
      shell.close();
    }
  }

  @Test
  void connectsAgainAfterItWasCut() throws Exception {
    try (Sshd sshd = Sshd.start();
        Reach reach = new Reach()) {
      Shell shell = reach.to(sshd.ssh());
      assertThat(reach.run(shell, "echo", "one")).isEqualTo("one");
      sshd.cut();
      assertThat(sshd.serving()).isEmpty();
      String second;
      try {
        second = reach.run(shell, "echo", "two");
      } catch (NoContact notNoticedYet) {
        assertThat(notNoticedYet.trouble()).isEqualTo(Trouble.CUT);
        second = reach.run(shell, "echo", "two");
      }
      assertThat(second).isEqualTo("two");
    }
  }

  /** What comes of warming up is told once, a connection that has gone since is none. */
  @Test
  void aConnectionThatWasCutBeforeAnybodyAskedIsMadeAgain() throws Exception {
    try (Sshd sshd = Sshd.start();
        Reach reach = new Reach()) {
      Shell shell = reach.to(sshd.ssh());
      shell.warm(reach.clock.in(Reach.LONG));
      while (sshd.serving().isEmpty() || !shell.waited().isZero()) {
        Thread.onSpinWait();
      }
      sshd.cut();
      String printed;
      try {
        printed = reach.run(shell, "echo", "one");
      } catch (NoContact notNoticedYet) {
        assertThat(notNoticedYet.trouble()).isEqualTo(Trouble.CUT);
        printed = reach.run(shell, "echo", "one");
      }
      assertThat(printed).isEqualTo("one");
    }
  }

  /** Warmed up in vain, it says so once, and is dialled again for whoever asks after that. */
  @Test
  void aFailureOfWarmingUpIsTheFirstAnswerAndNoOther() throws Exception {
    try (Reach reach = Reach.withoutClient();
        SilentHost host = SilentHost.hangingUp(reach.threads)) {
      Shell shell = reach.to(Reach.at(host.port(), NONE, Reach.LONG));
      shell.warm(reach.clock.in(Reach.LONG));
      while (!shell.waited().isZero()) {
        Thread.onSpinWait();
      }
      assertThat(reach.failure(shell).trouble()).isEqualTo(Trouble.CUT);
      assertThat(host.dialled()).hasSize(1);
      assertThat(reach.failure(shell).trouble()).isEqualTo(Trouble.CUT);
      assertThat(host.dialled()).hasSize(2);
    }
  }

  @Test
  void takesHostPortAndKeysFromTheOperatorsOwnSettings() throws Exception {
    try (Sshd sshd = Sshd.start()) {
      Path config = sshd.folder.resolve("config");
      java.nio.file.Files.writeString(
          config,
          "Match host pg*\n  HostName 127.0.0.1\n  Port "
              + sshd.port
              + "\n  IdentityFile "
              + sshd.identity
              + "\n  UserKnownHostsFile "
              + sshd.knownHosts
              + "\n  GlobalKnownHostsFile none\n");
      try (Reach reach = new Reach(config.toString(), Map.of())) {
        assertThat(reach.run(reach.to("pg1", Ssh.DEFAULTS), "echo", "hi")).isEqualTo("hi");
        assertThat(reach.to("pg1", Ssh.DEFAULTS).user()).isEqualTo(System.getProperty("user.name"));
      }
    }
  }

  @Test
  void aProxyCommandIsNotForThisClient() throws Exception {
    Path config = Scratch.file("config");
    java.nio.file.Files.writeString(config, "Host pg1\n  ProxyCommand nc %h %p\n");
    try (Reach reach = new Reach(config.toString(), Map.of())) {
      NoContact why =
          reach.failure(
              reach.to(
                  "pg1",
                  new Ssh(
                      Optional.empty(),
                      Optional.empty(),
                      Optional.empty(),
                      Optional.empty(),
                      List.of(),
                      Ssh.Transport.SSHJ,
                      Duration.ofSeconds(1))));
      assertThat(why.getMessage()).contains("transport: openssh");
    }
  }
}
