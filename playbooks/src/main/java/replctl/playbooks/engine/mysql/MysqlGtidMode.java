package replctl.playbooks.engine.mysql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.plan.Lane;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.world.Value;

/**
 * Turns GTIDs on in servers that replicate, while they run: each stage is reached by all before the
 * next (MySQL's manual, "Enabling GTID Transactions Online").
 */
record MysqlGtidMode(SetupGoal goal) {
  /** Transactions that began before must end, and be applied. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final Duration QUICK = Duration.ofSeconds(30);

  /** Whether a node that runs with data has to go through it. */
  boolean isOff(NodeName node) {
    boolean running =
        goal.seen(node).presence() == Presence.RUNNING
            && goal.site().facts(node).text("sql").equals(Optional.of("answered"));
    return running && (!is(node, "gtid_mode") || !is(node, "enforce_gtid_consistency"));
  }

  private boolean is(NodeName node, String setting) {
    return goal.site().facts(node).text("setting." + setting).equals(Optional.of("ON"));
  }

  /** The stages; none where every server is through. */
  List<Phase> phases() {
    List<NodeName> nodes =
        goal.nodes().stream().filter(n -> goal.seen(n).presence() == Presence.RUNNING).toList();
    if (nodes.stream().noneMatch(this::isOff)) {
      return List.of();
    }
    List<Phase> phases = new ArrayList<>();
    phases.add(stage("every statement can be followed by GTIDs", nodes, "consistent"));
    phases.add(stage("every server takes transactions with GTIDs", nodes, "OFF_PERMISSIVE"));
    phases.add(stage("every transaction gets a GTID", nodes, "ON_PERMISSIVE"));
    phases.add(stage("every server takes nothing else", nodes, "ON"));
    return phases;
  }

  private Phase stage(String title, List<NodeName> nodes, String stage) {
    return new Phase(title, nodes.stream().map(n -> Lane.of(step(n, stage))).toList());
  }

  private Step step(NodeName node, String stage) {
    boolean leads = node.equals(goal.leader());
    Map<String, Value> values = new TreeMap<>();
    values.put("stage", Value.of(stage));
    values.put("marks", Value.of(leads && stage.equals("ON_PERMISSIVE") ? "yes" : "no"));
    values.put(
        "after",
        !leads && stage.equals("ON")
            ? new Value.Known(name(goal.leader(), "ON_PERMISSIVE"), "marker")
            : Value.of(""));
    values.put("patience", MysqlScripts.seconds(PATIENCE));
    return new MysqlScripts(goal.site(), goal.leader())
        .onData(
            name(node, stage),
            stage.equals("consistent")
                ? "set enforce_gtid_consistency on " + node
                : "set gtid_mode = " + stage + " on " + node,
            node,
            "gtid",
            values,
            PATIENCE.plus(QUICK));
  }

  private static String name(NodeName node, String stage) {
    return "gtid-" + stage.toLowerCase(Locale.ROOT).replace('_', '-') + "-" + node;
  }
}
