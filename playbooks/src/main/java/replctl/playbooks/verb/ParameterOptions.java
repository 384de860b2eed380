package replctl.playbooks.verb;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.ParameterWish;

/**
 * What is typed of parameters.
 *
 * @param wishes what they are to be
 * @param nodes where; empty: on all nodes
 * @param without those that are left as they are
 * @param weakening the parameters of which it was typed that they may make writes less safe
 * @param restart how the leader is restarted, its followers too; empty: nobody is
 * @param to who leads then, where the leader hands over; empty: the best candidate
 */
public record ParameterOptions(
    List<ParameterWish> wishes,
    List<NodeName> nodes,
    List<NodeName> without,
    Set<String> weakening,
    Optional<RestartOptions.OfLeader> restart,
    Optional<NodeName> to) {
  public ParameterOptions {
    wishes = List.copyOf(wishes);
    nodes = List.copyOf(nodes);
    without = List.copyOf(without);
    weakening = Set.copyOf(weakening);
  }

  /** Whether they are to be changed on that node. */
  public boolean isFor(NodeName node) {
    return (nodes.isEmpty() || nodes.contains(node)) && !without.contains(node);
  }
}
