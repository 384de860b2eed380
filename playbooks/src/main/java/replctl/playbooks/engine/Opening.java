package replctl.playbooks.engine;

import java.util.List;
import java.util.Optional;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.NodeView;

/** Steps that open a leader which is closed, so that it takes writes again. */
public interface Opening {
  /** Whether it is closed as a leader that can be opened is: what else there is, is no such one. */
  boolean isClosed(NodeView node);

  /**
   * Why this node's data must not be opened, by rules that only the engine knows: another has newer
   * data; one sentence each. Empty: nothing speaks against it.
   */
  List<String> objections(Site site, NodeName node);

  /** What is to be known of the others before it is opened, one sentence each. */
  default List<String> warnings(Site site, NodeName node) {
    return List.of();
  }

  /**
   * By what its server, as it is, would not start as a leader: what a fence leaves behind. It gives
   * way only where an operator names the node.
   */
  Optional<String> closed(Site site, NodeName node);

  /** Has it take writes, started where it is stopped; what closes it gives way. */
  List<Step> open(Site site, NodeName node);
}
