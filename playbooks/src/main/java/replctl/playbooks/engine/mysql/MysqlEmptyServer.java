package replctl.playbooks.engine.mysql;

import java.time.Duration;
import java.util.Map;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.plan.Step;
import replctl.playbooks.world.Value;

/** A first server on a node, where its package has made none: what is made of it comes after. */
record MysqlEmptyServer(SetupGoal goal, NodeName node) {
  private static final Duration QUICK = Duration.ofSeconds(30);

  /** 5 s were measured. */
  private static final Duration CREATING = Duration.ofMinutes(5);

  /** There is nothing to be recovered. */
  private static final Duration STARTING = Duration.ofMinutes(5);

  /** Whether there is none. */
  boolean isNeeded() {
    return MysqlLayout.isEmpty(goal.site().facts(node));
  }

  /** Its data, in a folder that is empty. */
  Step create() {
    return scripts()
        .step(
            "create-" + node,
            "make an empty server in "
                + goal.site().facts(node).text("data_directory").orElse("its data folder"),
            node,
            "create",
            Map.of(),
            CREATING);
  }

  /** It runs, and takes no writes. */
  Step start() {
    return scripts()
        .step(
            "start-" + node,
            "start " + node + ", closed",
            node,
            "start",
            Map.of(
                "as", Value.of(node.equals(goal.leader()) ? "leading" : "closed"),
                "patience", MysqlScripts.seconds(STARTING)),
            STARTING.plus(QUICK));
  }

  /** The data of the one that leads gets a name, which every copy will have. */
  Step named() {
    return scripts()
        .step(
            MysqlScripts.founding(node),
            "write into the data of " + node + " which cluster it is",
            node,
            "found",
            Map.of(),
            QUICK);
  }

  private MysqlScripts scripts() {
    return new MysqlScripts(goal.site(), goal.leader());
  }
}
