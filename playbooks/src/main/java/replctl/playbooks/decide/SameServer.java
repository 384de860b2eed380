package replctl.playbooks.decide;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Facts;

/**
 * Two nodes of the inventory whose host and port lead to one and the same server, by a name service
 * or an address that was not what it seemed. What is one of them must not be taken for two: neither
 * for two that take writes, nor for two votes.
 */
public final class SameServer {
  /** What tells a server on a host that runs, where all of it was said. */
  private static final List<String> MARKS =
      List.of("machine_id", "boot_id", "hostname", "port", "data_directory");

  private SameServer() {}

  /** The first two that are one. */
  public static Optional<Pair> of(Snapshot seen) {
    List<NodeView> nodes = seen.nodes();
    for (int i = 0; i < nodes.size(); i++) {
      for (int j = i + 1; j < nodes.size(); j++) {
        if (same(facts(nodes.get(i)), facts(nodes.get(j)))) {
          return Optional.of(new Pair(nodes.get(i), nodes.get(j)));
        }
      }
    }
    return Optional.empty();
  }

  private static Facts facts(NodeView node) {
    return node.server().map(Server::facts).orElse(Facts.NONE);
  }

  /** Whether both are about one server, as far as can be told: of what is not said, no. */
  public static boolean same(Facts one, Facts other) {
    return Stream.concat(MARKS.stream(), started(one, other))
        .allMatch(mark -> one.text(mark).isPresent() && one.text(mark).equals(other.text(mark)));
  }

  /** Where a server says when it began, both must have begun then. */
  private static Stream<String> started(Facts one, Facts other) {
    return Stream.of("server_started_ms")
        .filter(m -> one.text(m).isPresent() || other.text(m).isPresent());
  }

  /** Two names of one server. */
  public record Pair(NodeView one, NodeView other) {
    /** A sentence without its end. */
    public String words() {
      Facts facts = facts(one);
      return one.name()
          + " and "
          + other.name()
          + " are one server: both lead to "
          + facts.text("data_directory").orElse("")
          + " on "
          + facts.text("hostname").orElse("");
    }

    /** What to do about it. */
    public String cure() {
      return "correct host or database.port of "
          + one.name()
          + " or "
          + other.name()
          + " in the inventory, or the name service";
    }
  }
}
