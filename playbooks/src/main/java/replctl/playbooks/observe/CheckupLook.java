package replctl.playbooks.observe;

import java.time.Duration;
import replctl.inventory.Cluster;
import replctl.playbooks.engine.Checkup;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Value;
import replctl.playbooks.world.World;

/** Asks hosts what a checkup wants to know beyond the survey, all at the same time. */
public final class CheckupLook {
  /** Its script does more than a survey: sudo alone is asked a dozen times. */
  private static final int LONGER = 2;

  private CheckupLook() {}

  /**
   * The same snapshot with more facts. A host that answered the survey and not this stays as it was
   * seen, and its facts say that it was not asked further.
   *
   * @param perNode how long a look may take each node; this may take twice that
   */
  public static Snapshot look(
      World world, Checkup checkup, Cluster cluster, Snapshot seen, Duration perNode) {
    Value limit = Value.of(Long.toString(Math.max(1, perNode.toSeconds())));
    return FurtherLook.look(
        world,
        seen,
        "checkup",
        node -> call(checkup, cluster, node).with("limit", limit),
        perNode.multipliedBy(LONGER));
  }

  private static ScriptCall call(Checkup checkup, Cluster cluster, NodeView node) {
    return checkup.question(
        cluster, cluster.node(node.name()).orElseThrow(), node.server().orElseThrow().facts());
  }
}
