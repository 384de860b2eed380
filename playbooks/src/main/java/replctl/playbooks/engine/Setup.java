package replctl.playbooks.engine;

import java.util.List;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Step;
import replctl.playbooks.world.SecretRef;

/** Steps that set replication up. Each list is empty where nothing is to be done. */
public interface Setup {
  /** Secrets that must last, made before the plan runs. */
  List<SecretRef> secrets(Site site);

  /**
   * What differs on a node from what the inventory asks: one line each, for people, with the old
   * and the new. Empty: nothing.
   */
  List<Drift> drift(Site site, NodeName node);

  /** Makes an empty server that will lead, not yet open to the network. */
  List<Step> create(Site site, NodeName leader);

  /**
   * Certificates, accounts' files, configuration of a server that runs; restarts only where said.
   */
  List<Step> configure(Site site, NodeName node, boolean mayRestart);

  /** Accounts, on the leader. */
  List<Step> accounts(Site site, NodeName leader);

  /** Makes the node a copy of another and starts it as its follower. */
  List<Step> copy(Site site, NodeName node, NodeName from);

  /** Makes a running follower receive from that node. */
  List<Step> attach(Site site, NodeName follower, NodeName leader);

  /** The durability mode, on the leader. */
  List<Step> durability(Site site, NodeName leader);
}
