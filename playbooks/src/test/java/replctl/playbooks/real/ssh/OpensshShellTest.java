package replctl.playbooks.real.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.inventory.Ssh;
import replctl.playbooks.real.Ports;
import replctl.playbooks.real.Scratch;
import replctl.playbooks.real.SystemClock;
import replctl.playbooks.real.local.LocalShell;
import replctl.playbooks.real.protocol.Trial;
import replctl.playbooks.real.shell.NoContact;
import replctl.playbooks.real.shell.Running;
import replctl.playbooks.real.shell.Shell;
import replctl.playbooks.real.shell.Stream;
import replctl.playbooks.real.shell.Threads;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Clock;
import replctl.playbooks.world.Trouble;

class OpensshShellTest {
  private static final Clock CLOCK = new SystemClock();
  private static final Duration LONG = Duration.ofSeconds(30);
  private static Sshd sshd;
  private static Path folder;
  private final Threads threads = new Threads();
  private SshShells shells;

  @BeforeAll
  static void start() throws Exception {
    sshd = Sshd.start();
    folder = Trial.folder();
  }

  @AfterAll
  static void stop() {
    sshd.close();
  }

  @BeforeEach
  void open() {
    shells =
        new SshShells(
            List.of("ssh", "-F", "none"),
            Map.of("PATH", System.getenv("PATH")),
            "/nonexistent",
            LocalShell.self(),
            threads,
            CLOCK);
  }

  @AfterEach
  void close() {
    shells.close();
  }

  private static Ssh by(Ssh ssh) {
    return new Ssh(
        ssh.user(),
        ssh.port(),
        ssh.identity(),
        ssh.knownHosts(),
        ssh.jump(),
        Ssh.Transport.OPENSSH,
        Duration.ofSeconds(1));
  }

  private Trial trial(Ssh ssh) {
    return new Trial(shells.to("127.0.0.1", by(ssh)), Optional.empty(), Optional.empty());
  }

  private NoContact failure(String host, Ssh ssh) {
    Shell shell = shells.to(host, by(ssh));
    return catchThrowableOfType(
        NoContact.class, () -> shell.start(List.of("true"), CLOCK.in(LONG)));
  }

  @Test
  void runsScriptsOverOneConnection() {
    try (Trial trial = trial(sshd.ssh())) {
      for (int i = 0; i < 3; i++) {
        Answer answer = trial.probe("echo", Map.of("a", "'$(id)`\n€"));
        assertThat(answer.facts().byName()).containsEntry("value.a", "'$(id)`\n€");
      }
      assertThat(sshd.connections()).hasSize(1);
    }
  }

  @Test
  void closingEndsTheConnection() throws Exception {
    Shell shell = shells.to("127.0.0.1", by(sshd.ssh()));
    try (Running running = shell.start(List.of("echo", "hi"), CLOCK.in(LONG))) {
      assertThat(new String(running.output().readAllBytes(), StandardCharsets.US_ASCII))
          .isEqualTo("hi\n");
    }
    List<ProcessHandle> serving = sshd.serving();
    assertThat(serving).isNotEmpty();
    shells.close();
    for (ProcessHandle one : serving) {
      one.onExit().get(10, java.util.concurrent.TimeUnit.SECONDS);
    }
  }

  @Test
  void endsAnOverdueScriptOnItsHost() throws Exception {
    String seconds = "38" + Math.abs(folder.toString().hashCode() % 100000);
    Map<String, String> values = new TreeMap<>();
    values.put("way", "sleep");
    values.put("seconds", seconds);
    values.put("state_directory", Files.createTempDirectory(folder, "s").toString());
    try (Trial trial = trial(sshd.ssh())) {
      Answer answer = trial.perform("ending", values, Duration.ofMillis(2500));
      assertThat(answer.kind()).isEqualTo(Trouble.OVERDUE);
      assertThat(answer.words()).endsWith("it was stopped there");
      assertThat(ProcessHandle.allProcesses().map(p -> p.info().commandLine().orElse("")))
          .noneMatch(line -> line.endsWith("sleep " + seconds));
    }
  }

  @Test
  void tellsItsFailuresApart() throws Exception {
    assertThat(failure("127.0.0.1", Reach.at(Ports.free(), sshd.knownHosts)).trouble())
        .isEqualTo(Trouble.REFUSED);
    assertThat(failure("nowhere.invalid", Reach.at(22, sshd.knownHosts)).trouble())
        .isEqualTo(Trouble.NO_ADDRESS);
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      assertThat(failure("127.0.0.1", Reach.at(silent.getLocalPort(), sshd.knownHosts)).trouble())
          .isEqualTo(Trouble.SILENT);
    }
    Path empty = Scratch.file("known");
    assertThat(failure("127.0.0.1", sshd.ssh(sshd.identity, empty, List.of())).trouble())
        .isEqualTo(Trouble.HOST_KEY);
    Sshd.key(folder.resolve("other"), "ed25519", "");
    String line = sshd.line("host_ed25519");
    Files.writeString(
        empty, line.substring(0, line.indexOf(' ')) + " " + words(folder.resolve("other.pub")));
    assertThat(failure("127.0.0.1", sshd.ssh(sshd.identity, empty, List.of())).trouble())
        .isEqualTo(Trouble.HOST_KEY);
    NoContact login =
        failure("127.0.0.1", sshd.ssh(folder.resolve("other"), sshd.knownHosts, List.of()));
    assertThat(login.trouble()).isEqualTo(Trouble.LOGIN);
    assertThat(login.getMessage()).contains("Permission denied");
  }

  private static String words(Path file) throws Exception {
    return Files.readString(file);
  }

  @ParameterizedTest
  @CsvSource({
    "ssh: Could not resolve hostname x: Name or service not known, NO_ADDRESS",
    "ssh: connect to host x port 22: Connection timed out, UNREACHABLE",
    "Connection timed out during banner exchange, SILENT",
    "ssh: connect to host x port 22: No route to host, UNREACHABLE",
    "No ED25519 host key is known for x and you have requested strict checking., HOST_KEY",
    "x@y: Permission denied (publickey)., LOGIN",
    "kex_exchange_identification: Connection closed by remote host, CUT",
    "channel 0: open failed: administratively prohibited: open failed, NOT_PERMITTED",
    "Connection to 10.111.0.11 port 22 timed out, UNREACHABLE",
    "something new, CUT",
  })
  void readsSshsWords(String complaint, Trouble trouble) {
    assertThat(OpensshFailure.trouble(complaint)).isEqualTo(trouble);
  }

  @Test
  void aCutInTheMiddleIsUnknown() throws Exception {
    Map<String, String> values = new TreeMap<>();
    values.put("way", "sleep");
    values.put("seconds", "21");
    values.put("state_directory", Files.createTempDirectory(folder, "s").toString());
    try (Trial trial = trial(sshd.ssh())) {
      assertThat(trial.probe("echo", Map.of()).isDone()).isTrue();
      threads.execute(
          () -> {
            while (sshd.serving().stream()
                .noneMatch(p -> p.info().commandLine().orElse("").endsWith("sleep 21"))) {
              Thread.onSpinWait();
            }
            sshd.cut();
          });
      Answer answer = trial.perform("ending", values, LONG);
      assertThat(answer).isInstanceOf(Answer.Unknown.class);
      assertThat(answer.kind()).isEqualTo(Trouble.CUT);
    }
  }

  @Test
  void aPortOfTheHostsOwnIsReached() throws Exception {
    try (ServerSocket echo = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      threads.execute(
          () -> {
            try (Socket socket = echo.accept()) {
              socket.getInputStream().transferTo(socket.getOutputStream());
            } catch (java.io.IOException closed) {
              // With the test.
            }
          });
      Shell shell = shells.to("127.0.0.1", by(sshd.ssh()));
      try (Stream stream = shell.connect(echo.getLocalPort(), CLOCK.in(LONG))) {
        stream.out().write("hello".getBytes(StandardCharsets.US_ASCII));
        stream.out().flush();
        assertThat(new String(stream.in().readNBytes(5), StandardCharsets.US_ASCII))
            .isEqualTo("hello");
      }
    }
  }
}
