package replctl.playbooks.engine;

import java.util.List;
import java.util.Optional;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Step;

/** Steps that restart and stop the servers of members. */
public interface Upkeep {
  /**
   * Restarts a server that runs: by another process than the one that the operation finds.
   *
   * @param leader who leads by then; it takes writes again, everybody else receives again
   */
  Step restart(Site site, NodeName leader, NodeName node);

  /**
   * Sees that a follower receives again, and has applied what the one that it receives from has.
   * Empty: one that holds back what it applies, and receives only after that.
   *
   * @param from whom it receives from
   */
  Optional<Step> caughtUp(Site site, NodeName leader, NodeName node, NodeName from);

  /** Stops a follower's server. */
  Step stop(Site site, NodeName leader, NodeName node);

  /** Whether a leader that hands over is restarted by that. */
  boolean handoverRestarts();

  /** What the operator should know of a server that is stopped for long; one sentence each. */
  List<String> whileStopped(NodeName node, NodeName from);
}
