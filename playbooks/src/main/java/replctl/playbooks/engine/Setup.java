package replctl.playbooks.engine;

import java.util.List;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.SecretRef;

/** Steps that set replication up. Each list is empty where nothing is to be done. */
public interface Setup {
  /**
   * What a node's host is asked beyond the survey; the answer's facts are added to the survey's
   * before any of the other methods is called. Changes nothing there.
   *
   * @param surveyed what the survey found
   */
  ScriptCall question(Cluster cluster, Node node, Facts surveyed);

  /** Secrets that must last, made before the plan runs. */
  List<SecretRef> secrets(Site site);

  /**
   * Why it can't be begun, by rules that only the engine knows. Empty: nothing speaks against it.
   */
  List<Refusal> objections(SetupGoal goal);

  /**
   * What differs on a node from what the inventory asks, with the old and the new for people.
   * Empty: nothing. A difference that only a restart would end is there until it was restarted.
   */
  List<Drift> drift(SetupGoal goal, NodeName node);

  /** Makes an empty server that will lead. It does not run yet. */
  List<Step> create(SetupGoal goal);

  /** What the operator's host must have before nodes get certificates. */
  List<Step> authority(SetupGoal goal);

  /** The node's certificate, and the passwords that it logs in to others with. */
  List<Step> credentials(SetupGoal goal, NodeName node);

  /** Parameters and access rules of a server that is there; restarts nothing. */
  List<Step> configure(SetupGoal goal, NodeName node);

  /** A restart for parameters that wait for one, where the goal allows it. */
  List<Step> restart(SetupGoal goal, NodeName node);

  /** Starts the leader. */
  List<Step> start(SetupGoal goal);

  /** Accounts, on the leader. */
  List<Step> accounts(SetupGoal goal);

  /** Makes the node a copy of another, configures it and starts it as its follower. */
  List<Step> copy(SetupGoal goal, NodeName node, NodeName from);

  /** Makes a follower that has its data receive from that node. */
  List<Step> attach(SetupGoal goal, NodeName follower, NodeName upstream);

  /** What stands before the servers' starts. */
  StartGuard guard(SetupGoal goal);

  /** What a write waits for when that node leads, once {@link #durability} holds there. */
  Acks acks(SetupGoal goal, NodeName node);

  /** The durability mode, as it is when that node leads. */
  List<Step> durability(SetupGoal goal, NodeName node);
}
