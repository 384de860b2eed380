package replctl.playbooks.engine;

import java.util.List;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Step;

/** What other nodes keep for one that leaves the cluster. The node itself need not be declared. */
public interface Leaving {
  /** Whether that node still sends to the one that leaves, by its own word. */
  boolean feeds(Site site, NodeName node, NodeName gone);

  /**
   * Drops what a node keeps for the one that leaves: nothing is kept for it any more, and it
   * receives nothing. Empty where there is nothing of it.
   *
   * @param rest the cluster without the one that leaves
   */
  List<Step> forget(SetupGoal rest, NodeName node, NodeName gone);

  /** What the operator should know of that does not stand in the way; one sentence each. */
  List<String> warnings(SetupGoal rest, NodeName gone);
}
