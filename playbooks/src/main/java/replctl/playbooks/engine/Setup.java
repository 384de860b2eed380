package replctl.playbooks.engine;

import java.util.List;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Phase;
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

  /**
   * Why a node's server, which runs, can't be asked anything: who leads can't be told before.
   * Empty: it can, or only the engine's survey knows why not.
   */
  default Optional<Refusal> refuses(Site site, NodeName node) {
    return Optional.empty();
  }

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

  /**
   * What servers that run go through together before they are configured: each phase is behind all
   * of them before the next.
   */
  default List<Phase> together(SetupGoal goal) {
    return List.of();
  }

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

  /**
   * Has a follower's word count for a write, or not, where that is for the follower itself to say:
   * only after it was written down that it may, and until before that is taken back.
   */
  default List<Step> acknowledging(SetupGoal goal, NodeName follower, boolean counts) {
    return List.of();
  }

  /** Has the leader's data tell under which epoch it leads, once that is written down. */
  default List<Step> told(SetupGoal goal) {
    return List.of();
  }

  /** What a write waits for when that node leads, once {@link #durability} holds there. */
  Acks acks(SetupGoal goal, NodeName node);

  /**
   * Whether a leader counts whoever acknowledges, and not only those whom it is told of: one that
   * has left without a word may come back, and counts.
   */
  default boolean takesAnyWord() {
    return false;
  }

  /** The durability mode, as it is when that node leads. */
  List<Step> durability(SetupGoal goal, NodeName node);

  /** As {@link Waiting#reached}, of what {@link #acks} says of the leader. */
  Step reached(SetupGoal goal);
}
