package replctl.playbooks.engine;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import replctl.inventory.Node;
import replctl.playbooks.snapshot.HostFact;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.world.Facts;

/**
 * What a survey found on one node, as far as every engine's says it under the same names. What
 * can't be read is empty.
 *
 * @param node as declared
 * @param addresses of its host, as the host itself knows them: each node is held against each
 *     other's, so they are read once
 */
public record NodeFacts(Node node, Facts facts, List<String> addresses) {
  /** Longer lists are not read to their end. A leader says one row for each that it sends to. */
  private static final int MOST = 5_000;

  public NodeFacts {
    addresses = List.copyOf(addresses);
  }

  /** What was found on a node. */
  public NodeFacts(Node node, Facts facts) {
    this(
        node,
        facts,
        facts.text("addresses").map(t -> List.of(t.trim().split("\\s+"))).orElse(List.of()));
  }

  /** Whether its server is there. */
  public Presence presence() {
    return switch (facts.text("presence").orElse("")) {
      case "absent" -> Presence.ABSENT;
      case "stopped" -> Presence.STOPPED;
      case "starting" -> Presence.STARTING;
      case "running" -> Presence.RUNNING;
      case "stopping" -> Presence.STOPPING;
      case "hung" -> Presence.HUNG;
      default -> Presence.UNKNOWN;
    };
  }

  /** An age or a lag in ms, which may have a fraction; empty when it is negative or absurd. */
  public Optional<Duration> age(String fact) {
    try {
      return facts
          .text(fact)
          .filter(t -> t.length() <= 20)
          .map(Double::parseDouble)
          .filter(ms -> ms >= 0 && ms < 1e15)
          .map(ms -> Duration.ofNanos((long) (ms * 1e6)));
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }

  /** How many entries of a list are to be read. */
  public int count(String list) {
    return Math.min(MOST, facts.count(list));
  }

  /** Whether both run on one machine. */
  public boolean sharesHostWith(NodeFacts other) {
    Optional<String> machine = facts.text("machine_id");
    return machine.isPresent() && machine.equals(other.facts.text("machine_id"));
  }

  /** Whether a name or address, and a port, are this node's, seen from that one. */
  public boolean listensAt(String host, OptionalLong port, NodeFacts seenFrom) {
    long mine = facts.number("port").orElse(node.database().port());
    if (port.isPresent() && port.getAsLong() != mine) {
      return false;
    }
    String wanted = host.toLowerCase(Locale.ROOT);
    boolean loopback =
        wanted.startsWith("/")
            || wanted.equals("localhost")
            || wanted.equals("::1")
            || wanted.startsWith("127.");
    return wanted.equals(node.host().toLowerCase(Locale.ROOT))
        || (loopback ? sharesHostWith(seenFrom) : addresses().contains(wanted));
  }

  /**
   * By how much its clock is ahead of the operator's, to within the time that the answer took;
   * empty where it was not read.
   */
  public Optional<Duration> clockAhead() {
    OptionalLong clock = facts.number(HostFact.CLOCK);
    OptionalLong asked = facts.number(HostFact.ASKED);
    OptionalLong answered = facts.number(HostFact.ANSWERED);
    if (clock.isEmpty() || asked.isEmpty() || answered.isEmpty()) {
      return Optional.empty();
    }
    long between = asked.getAsLong() / 2 + answered.getAsLong() / 2;
    return Optional.of(Duration.ofMillis(clock.getAsLong() - between));
  }
}
