package replctl.playbooks.real.ssh;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import replctl.inventory.Ssh;
import replctl.playbooks.real.SystemClock;
import replctl.playbooks.real.local.LocalShell;
import replctl.playbooks.real.shell.NoContact;
import replctl.playbooks.real.shell.Running;
import replctl.playbooks.real.shell.Shell;
import replctl.playbooks.real.shell.Threads;
import replctl.playbooks.world.Clock;

/** Shells over SSH for tests, with nothing of the settings of whoever runs them. */
final class Reach implements AutoCloseable {
  static final Duration LONG = Duration.ofSeconds(30);

  final Clock clock = new SystemClock();
  final Threads threads = new Threads();
  private final SshjLinks links;

  Reach() {
    this("none", Map.of());
  }

  /**
   * @param config a file of ssh_config(5)
   */
  Reach(String config, Map<String, String> environment) {
    this(List.of("ssh", "-F", config), environment, Duration.ofSeconds(2));
  }

  private Reach(List<String> client, Map<String, String> environment, Duration login) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("PATH", System.getenv("PATH"));
    links =
        new SshjLinks(
            new Routes(client, all, "/nonexistent", LocalShell.self()), login, threads, clock);
  }

  /** Where the system has no ssh: none is asked for settings of each of many hosts. */
  static Reach withoutClient() {
    return new Reach(List.of("/nonexistent/ssh"), Map.of(), Duration.ofSeconds(2));
  }

  Shell to(Ssh ssh) {
    return to("127.0.0.1", ssh);
  }

  Shell to(String host, Ssh ssh) {
    return new SshjShell(host, ssh, links);
  }

  /** Runs a command and returns what it prints. */
  String run(Shell shell, String... words) throws Exception {
    try (Running running = shell.start(List.of(words), clock.in(LONG))) {
      String printed = new String(running.output().readAllBytes(), StandardCharsets.UTF_8).strip();
      running.end(clock.in(LONG));
      return printed;
    }
  }

  /** Why a host can't be reached. */
  NoContact failure(Shell shell) {
    return catchThrowableOfType(NoContact.class, () -> run(shell, "true"));
  }

  /** Settings of a host that is tried in vain. */
  static Ssh at(int port, Path knownHosts) {
    return at(port, knownHosts, Duration.ofMillis(800));
  }

  static Ssh at(int port, Path knownHosts, Duration connectTimeout) {
    return new Ssh(
        Optional.empty(),
        Optional.of(port),
        Optional.empty(),
        Optional.of(knownHosts),
        List.of(),
        Ssh.Transport.SSHJ,
        connectTimeout);
  }

  @Override
  public void close() {
    links.close();
  }
}
