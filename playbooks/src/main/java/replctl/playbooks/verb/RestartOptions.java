package replctl.playbooks.verb;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Sequel;

/**
 * Which servers are to be restarted, and how the leader's.
 *
 * @param node the only one; empty: all, one at a time
 * @param leader what becomes of the leader
 * @param without of all, those that are not touched
 * @param to who leads once it has handed over; empty: the best candidate
 * @param back whether the present leader is to lead again afterwards. That is an operation of its
 *     own, under an epoch of its own: in one epoch there is one leader
 */
public record RestartOptions(
    Optional<NodeName> node,
    List<NodeName> without,
    OfLeader leader,
    Optional<NodeName> to,
    boolean back) {
  private static final String TO = "to";

  public RestartOptions {
    without = List.copyOf(without);
  }

  /** After which whoever leads then goes on leading. */
  public RestartOptions(
      Optional<NodeName> node, List<NodeName> without, OfLeader leader, Optional<NodeName> to) {
    this(node, without, leader, to, false);
  }

  /** What becomes of the leader. */
  public enum OfLeader {
    /** It hands over to a follower that was restarted before, and is restarted as a follower. */
    SWITCHOVER("switchover"),
    /** It is restarted as it is: writes stand still meanwhile. */
    IN_PLACE("in-place"),
    /** It is not restarted. */
    LEFT("leave");

    private final String word;

    OfLeader(String word) {
      this.word = word;
    }

    /** As typed. */
    public String word() {
      return word;
    }
  }

  /** That the leader hands over is decided when its followers were restarted. */
  Sequel sequel() {
    SortedMap<String, String> asked = new TreeMap<>();
    to.ifPresent(name -> asked.put(TO, name.value()));
    return new Sequel(asked);
  }

  static Optional<NodeName> to(Sequel asked) {
    return asked.option(TO).map(NodeName::new);
  }
}
