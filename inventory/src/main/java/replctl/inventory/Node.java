package replctl.inventory;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One database node, with the cluster's defaults already applied.
 *
 * @param host name or address, as the operator's host and the other nodes reach it
 * @param leader whether init makes it the first leader
 * @param priority 0 to 100, higher leads first
 * @param mayLead false for {@code failover: never}
 * @param cascadeFrom the node that it follows instead of the leader
 * @param delay how long it holds back replay
 * @param fence levels, tried in order
 */
public record Node(
    NodeName name,
    String host,
    Optional<String> region,
    boolean leader,
    int priority,
    boolean mayLead,
    Optional<NodeName> cascadeFrom,
    Optional<Duration> delay,
    Connection connection,
    Ssh ssh,
    Database database,
    Layout layout,
    List<FenceLevel> fence) {
  public Node {
    fence = List.copyOf(fence);
  }

  /** The same, laid out so. */
  public Node with(Layout other) {
    return new Node(
        name,
        host,
        region,
        leader,
        priority,
        mayLead,
        cascadeFrom,
        delay,
        connection,
        ssh,
        database,
        other,
        fence);
  }

  /** How the node's host is reached. */
  public enum Connection implements Worded {
    SSH("ssh"),
    /** This machine: commands are run here. */
    LOCAL("local");

    private final String word;

    Connection(String word) {
      this.word = word;
    }

    @Override
    public String word() {
      return word;
    }
  }
}
