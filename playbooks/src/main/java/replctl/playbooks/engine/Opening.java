package replctl.playbooks.engine;

import java.util.List;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Step;

/** Steps that open a leader which is stopped, so that it takes writes again. */
public interface Opening {
  /**
   * Why this node's data must not be opened, by rules that only the engine knows: another has newer
   * data, or it would not start as a leader; one sentence each. Empty: nothing speaks against it.
   */
  List<String> objections(Site site, NodeName node);

  /** Starts it as the leader. */
  List<Step> open(Site site, NodeName node);
}
