package replctl.playbooks.engine;

import java.util.List;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Step;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.ScriptCall;

/** An engine's parameters: how they are asked for, whose they are, and how they are written. */
public interface Parameters {
  /**
   * What a node's host is asked: its answer's facts are what {@link ParameterState} reads. Changes
   * nothing.
   *
   * @param surveyed what the survey found
   */
  ScriptCall question(Cluster cluster, Node node, Facts surveyed, List<ParameterWish> wishes);

  /** By what else it is changed: commands or keys of the inventory. Empty: by nothing else. */
  Optional<String> owner(Cluster cluster, String name);

  /** What may be lost with that value, in words; empty: nothing. */
  Optional<String> weakens(ParameterWish wish);

  /**
   * Whether a follower with a lower value than its leader's does not start, or stops to apply: it
   * is raised on followers first, and lowered on the leader first.
   */
  boolean followersNeedAsMuch(String name);

  /** Whether its value is not to be shown. */
  boolean isSecret(String name);

  /**
   * Writes them on a node, and sees that what needs no start has taken hold.
   *
   * @param leader who leads by then
   */
  Step write(Site site, NodeName leader, NodeName node, ParameterChange change);
}
