package replctl.playbooks.real.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import replctl.inventory.Ssh;
import replctl.playbooks.real.shell.Shell;
import replctl.playbooks.real.shell.Threads;
import replctl.playbooks.world.Clock;

/**
 * Makes shells on hosts behind SSH. Nothing is connected, and nothing of SSH loaded, until used.
 */
public final class SshShells implements AutoCloseable {
  private final List<String> client;
  private final Map<String, String> environment;
  private final String home;
  private final String self;
  private final Threads threads;
  private final Clock clock;
  private final List<Shell> shells = new ArrayList<>();
  private SshjLinks links;
  private Path sockets;

  /**
   * @param environment the operator's: the agent, what ssh sees
   * @param self whom this process runs as
   */
  public SshShells(Map<String, String> environment, String self, Threads threads, Clock clock) {
    this(List.of("ssh"), environment, System.getProperty("user.home"), self, threads, clock);
  }

  /**
   * @param client the system's client: {@code ssh}, and what it is always given
   */
  SshShells(
      List<String> client,
      Map<String, String> environment,
      String home,
      String self,
      Threads threads,
      Clock clock) {
    this.client = List.copyOf(client);
    this.home = home;
    this.environment = Map.copyOf(environment);
    this.self = self;
    this.threads = threads;
    this.clock = clock;
  }

  /** A shell on a host. */
  public synchronized Shell to(String host, Ssh ssh) {
    Routes routes = new Routes(client, environment, home, self);
    Shell shell =
        ssh.transport() == Ssh.Transport.OPENSSH
            ? openssh(host, ssh, routes)
            : sshj(host, ssh, routes);
    shells.add(shell);
    return shell;
  }

  /**
   * A shell on a host that is reached through another one, over the connection that a shell there
   * has.
   *
   * @param before the shell on the host to go through, made here
   */
  public synchronized Shell through(Shell before, String jump, Ssh jumpSsh, String host, Ssh ssh) {
    Ssh behind =
        new Ssh(
            ssh.user(),
            ssh.port(),
            ssh.identity(),
            ssh.knownHosts(),
            Stream.concat(jumpSsh.jump().stream(), Stream.of(hop(jump, jumpSsh))).toList(),
            ssh.transport(),
            ssh.connectTimeout());
    Routes routes = new Routes(client, environment, home, self);
    Shell shell =
        ssh.transport() == Ssh.Transport.SSHJ && before instanceof SshjShell open
            ? new SshjShell(host, behind, links(routes), Optional.of(open))
            : to(host, behind);
    shells.add(shell);
    return shell;
  }

  /** {@code user@host:port}, as a jump is written. */
  private static String hop(String host, Ssh ssh) {
    String address = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return ssh.user().map(user -> user + "@").orElse("")
        + address
        + ssh.port().map(port -> ":" + port).orElse("");
  }

  private Shell sshj(String host, Ssh ssh, Routes routes) {
    return new SshjShell(host, ssh, links(routes));
  }

  private SshjLinks links(Routes routes) {
    if (links == null) {
      links = new SshjLinks(routes, Dialler.USUAL_LOGIN_LIMIT, threads, clock);
    }
    return links;
  }

  private Shell openssh(String host, Ssh ssh, Routes routes) {
    try {
      if (sockets == null) {
        // Only its owner may use what lies in it: that is what this method makes.
        sockets = Files.createTempDirectory("replctl");
      }
    } catch (IOException unable) {
      throw new UncheckedIOException("cannot make a folder for ssh's sockets", unable);
    }
    return new OpensshShell(client, host, ssh, routes, environment, clock, sockets, shells.size());
  }

  /** Ends every connection, at once. */
  @Override
  public synchronized void close() {
    shells.forEach(Shell::close);
    if (links != null) {
      links.close();
    }
    if (sockets != null) {
      try (Stream<Path> files = Files.list(sockets)) {
        for (Path file : files.toList()) {
          Files.deleteIfExists(file);
        }
        Files.delete(sockets);
      } catch (IOException left) {
        // Nothing in it works any more.
      }
    }
  }
}
