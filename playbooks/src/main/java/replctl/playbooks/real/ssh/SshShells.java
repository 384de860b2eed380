package replctl.playbooks.real.ssh;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import replctl.inventory.Ssh;
import replctl.playbooks.real.shell.Shell;
import replctl.playbooks.real.shell.Threads;
import replctl.playbooks.world.Clock;

/**
 * Makes shells on hosts behind SSH. Nothing is connected, and nothing of SSH loaded, until used.
 */
public final class SshShells implements AutoCloseable {
  private final Map<String, String> environment;
  private final String self;
  private final Threads threads;
  private final Clock clock;
  private final List<Shell> shells = new ArrayList<>();
  private SshjLinks links;

  /**
   * @param environment the operator's: his agent, what ssh sees
   * @param self whom this process runs as
   */
  public SshShells(Map<String, String> environment, String self, Threads threads, Clock clock) {
    this.environment = Map.copyOf(environment);
    this.self = self;
    this.threads = threads;
    this.clock = clock;
  }

  /** A shell on a host. */
  public synchronized Shell to(String host, Ssh ssh) {
    if (links == null) {
      Routes routes =
          new Routes(List.of("ssh"), environment, System.getProperty("user.home"), self);
      links = new SshjLinks(routes, Dialler.USUAL_LOGIN_LIMIT, threads, clock);
    }
    Shell shell = new SshjShell(host, ssh, links);
    shells.add(shell);
    return shell;
  }

  /** Ends every connection, at once. */
  @Override
  public synchronized void close() {
    shells.forEach(Shell::close);
    if (links != null) {
      links.close();
    }
  }
}
