package replctl.playbooks.real.ssh;

import java.util.List;
import replctl.inventory.Ssh;
import replctl.playbooks.real.shell.NoContact;
import replctl.playbooks.real.shell.Running;
import replctl.playbooks.real.shell.Shell;
import replctl.playbooks.real.shell.Stream;
import replctl.playbooks.world.Deadline;

/** One host, by the client in this process. The way to it is looked up when it is first needed. */
final class SshjShell implements Shell {
  private final String host;
  private final Ssh ssh;
  private final SshjLinks links;
  private List<Hop> hops = List.of();
  private Link link;

  SshjShell(String host, Ssh ssh, SshjLinks links) {
    this.host = host;
    this.ssh = ssh;
    this.links = links;
  }

  @Override
  public String user() throws NoContact {
    return way().get(way().size() - 1).user();
  }

  private synchronized List<Hop> way() throws NoContact {
    if (hops.isEmpty()) {
      hops = links.routes().to(host, ssh);
      link = links.to(hops);
    }
    return hops;
  }

  private synchronized Link link() throws NoContact {
    way();
    return link;
  }

  @Override
  public Running start(List<String> words, Deadline by) throws NoContact {
    return link().get(by).start(words, by);
  }

  @Override
  public Stream connect(int port, Deadline by) throws NoContact {
    return link().get(by).stream(port, by);
  }

  @Override
  public void warm(Deadline by) {
    try {
      link().get(by);
    } catch (NoContact unreachable) {
      // The next call says so.
    }
  }

  @Override
  public synchronized void close() {
    if (link != null) {
      link.close();
    }
  }
}
