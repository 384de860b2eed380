package replctl.playbooks.engine;

import java.util.List;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Acks;

/** What writes wait for on a node: how the engine says it, and how it is changed. */
public interface Waiting {
  /**
   * As this engine does it.
   *
   * @param asked what the inventory asks for
   * @param mode of the two that wait, which one
   * @param ackers in the order of the inventory
   * @param needed how many of them
   */
  Acks of(Replication asked, Replication.Mode mode, List<NodeName> ackers, int needed);

  /**
   * Has a node wait for that, now where it leads, and else should it lead.
   *
   * @param streaming nodes that must receive from it before they count
   */
  Step set(Site site, NodeName node, Acks wanted, List<NodeName> streaming);

  /**
   * Sees, once the leader waits for others or for more than before, that those who count have what
   * was acknowledged before that too: only then may it be written down.
   */
  Step reached(Site site, NodeName leader, Acks wanted);
}
