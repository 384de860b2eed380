package replctl.playbooks.real.ssh;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import replctl.inventory.Ssh;
import replctl.playbooks.real.shell.NoContact;
import replctl.playbooks.real.shell.Running;
import replctl.playbooks.real.shell.Shell;
import replctl.playbooks.real.shell.Stream;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Passage;

/** One host, by the client in this process. The way to it is looked up when it is first needed. */
final class SshjShell implements Shell {
  private final String host;
  private final Ssh ssh;
  private final SshjLinks links;
  private final Optional<SshjShell> before;
  private List<Hop> hops = List.of();
  private Link link;

  SshjShell(String host, Ssh ssh, SshjLinks links) {
    this(host, ssh, links, Optional.empty());
  }

  /**
   * @param before the shell on the last host before this one, whose connection is used
   */
  SshjShell(String host, Ssh ssh, SshjLinks links, Optional<SshjShell> before) {
    this.host = host;
    this.ssh = ssh;
    this.links = links;
    this.before = before;
  }

  @Override
  public String user() throws NoContact {
    return hops().get(hops().size() - 1).user();
  }

  @Override
  public List<Passage> way() throws NoContact {
    return hops().stream().map(Hop::passage).toList();
  }

  private synchronized List<Hop> hops() throws NoContact {
    if (hops.isEmpty()) {
      List<Hop> way = links.routes().to(host, ssh);
      link = before.isPresent() ? links.behind(way, before.get().link()) : links.to(way);
      hops = way;
    }
    return hops;
  }

  private synchronized Link link() throws NoContact {
    hops();
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

  /** Only begins it: to wait for each host would take a thread for each. */
  @Override
  public void warm(Deadline by) {
    try {
      link().begin();
    } catch (NoContact unreachable) {
      // The next call says so.
    }
  }

  @Override
  public synchronized Duration waited() {
    return link == null ? Duration.ZERO : link.waited();
  }

  @Override
  public synchronized void close() {
    if (link != null) {
      link.close();
    }
  }
}
