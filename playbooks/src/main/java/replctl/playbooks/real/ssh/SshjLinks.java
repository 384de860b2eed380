package replctl.playbooks.real.ssh;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import replctl.playbooks.real.shell.Threads;
import replctl.playbooks.world.Clock;

/**
 * The connections of this process: one to each host, and one to each jump host for all behind it.
 */
final class SshjLinks {
  /** sshd drops logins at random from the tenth that is under way (MaxStartups). */
  private static final int MOST_AT_ONCE = 8;

  private final Routes routes;
  private final Dialler dialler;
  private final Threads threads;
  private final Clock clock;
  private final Map<List<Hop>, Link> jumps = new HashMap<>();
  private final Map<String, Semaphore> gates = new HashMap<>();
  private final Turns turns = Turns.ofThisMachine();

  SshjLinks(Routes routes, Duration loginLimit, Threads threads, Clock clock) {
    this.routes = routes;
    this.dialler = new Dialler(new KnownHosts(), loginLimit, threads, clock);
    this.threads = threads;
    this.clock = clock;
  }

  Routes routes() {
    return routes;
  }

  /** A connection of its own to the last host, behind shared ones to those before it. */
  synchronized Link to(List<Hop> hops) {
    Optional<Link> before = Optional.empty();
    for (int i = 1; i < hops.size(); i++) {
      before = Optional.of(jump(List.copyOf(hops.subList(0, i)), before));
    }
    return link(hops, before, Duration.ZERO);
  }

  /** A connection of its own to the last host, behind one that is there or will be. */
  synchronized Link behind(List<Hop> hops, Link before) {
    return link(hops, Optional.of(before), Duration.ZERO);
  }

  private Link jump(List<Hop> hops, Optional<Link> before) {
    return jumps.computeIfAbsent(
        hops, way -> link(way, before, way.get(way.size() - 1).connectTimeout()));
  }

  private Link link(List<Hop> hops, Optional<Link> before, Duration remembered) {
    Hop last = hops.get(hops.size() - 1);
    Semaphore gate =
        gates.computeIfAbsent(
            last.hostname() + " " + last.port(), key -> new Semaphore(MOST_AT_ONCE, true));
    return new Link(last, before, remembered, new Link.Gates(gate, turns), dialler, threads, clock);
  }

  /** Ends the connections to jump hosts; those behind them end too. */
  synchronized void close() {
    jumps.values().forEach(Link::close);
  }
}
