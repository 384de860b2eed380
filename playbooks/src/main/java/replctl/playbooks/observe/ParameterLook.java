package replctl.playbooks.observe;

import java.time.Duration;
import java.util.List;
import replctl.inventory.Cluster;
import replctl.playbooks.engine.ParameterState;
import replctl.playbooks.engine.ParameterWish;
import replctl.playbooks.engine.Parameters;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.World;

/** Asks servers for parameters, and what they would make of other values. */
public final class ParameterLook {
  private ParameterLook() {}

  /**
   * The same snapshot with the facts of those parameters.
   *
   * @param perNode how long each node may take
   */
  public static Snapshot look(
      World world,
      Parameters parameters,
      Cluster cluster,
      Snapshot seen,
      List<ParameterWish> wishes,
      Duration perNode) {
    return FurtherLook.look(
        world,
        seen,
        ParameterState.WHAT,
        node ->
            parameters.question(
                cluster,
                cluster.node(node.name()).orElseThrow(),
                node.server().orElseThrow().facts(),
                wishes),
        perNode);
  }
}
