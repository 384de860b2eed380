package replctl.playbooks.engine;

import java.util.List;
import java.util.Optional;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Step;

/** Steps that open a leader which is stopped, so that it takes writes again. */
public interface Opening {
  /**
   * Why this node's data must not be opened, by rules that only the engine knows: another has newer
   * data; one sentence each. Empty: nothing speaks against it.
   */
  List<String> objections(Site site, NodeName node);

  /**
   * By what its server, as it is, would not start as a leader: what a fence leaves behind. It gives
   * way only where an operator names the node.
   */
  Optional<String> closed(Site site, NodeName node);

  /** Starts it as the leader; what closes it gives way. */
  List<Step> open(Site site, NodeName node);
}
