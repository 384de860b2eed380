package replctl.playbooks.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Lane;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Step;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Script;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Value;

/**
 * Another authority takes the place of the cluster's own. While certificates of both are shown,
 * both are trusted by everybody, so that at no moment a node takes another for a stranger. Nothing
 * of it is taken back: with both trusted all is as good as before.
 */
public record NewAuthority(SetupGoal goal, StepMaker scripts, String op) {
  private static final Duration QUICK = Duration.ofSeconds(30);

  /** All of it; every node of the cluster takes part. */
  public List<Phase> phases() {
    Value both = new Value.Known("authority-used", "both");
    List<Lane> certificates = new ArrayList<>();
    for (NodeName node : goal.nodes()) {
      certificates.add(new Lane(Certificates.fromAuthority(goal, node, scripts, both)));
    }
    return List.of(
        Phase.inOrder(
            "another authority lies beside the one in use",
            List.of(
                operator(
                    "authority-made", "make another authority beside the one in use", "made"))),
        Phase.sideBySide(
            "every node trusts both",
            trust(
                "both",
                "let ",
                " trust both authorities",
                new Value.Known("authority-made", "both"))),
        Phase.inOrder(
            "the new one signs",
            List.of(operator("authority-used", "have the new authority sign", "used"))),
        new Phase("every node shows a certificate of the new one", certificates),
        Phase.sideBySide(
            "every node trusts the new one alone",
            trust(
                "new",
                "let ",
                " trust the new authority alone",
                new Value.Known("authority-used", "certificate"))),
        Phase.inOrder(
            "the old one is gone",
            List.of(operator("authority-alone", "forget the old authority", "alone"))));
  }

  private Step operator(String name, String title, String wanted) {
    Map<String, Value> values = new TreeMap<>();
    values.put("cluster", Value.of(goal.site().cluster().name().value()));
    values.put("days", Value.of(Certificates.AUTHORITY_DAYS));
    values.put("rotation", Value.of(op));
    values.put("lock_wait", Value.of(Certificates.WAIT));
    values.put("wanted", Value.of(wanted));
    return Step.of(
        name,
        title,
        new Place.Operator(),
        ScriptCall.perform(new Script("operator", "new-authority"), values),
        QUICK);
  }

  private List<Step> trust(String which, String before, String after, Value authority) {
    return goal.nodes().stream()
        .map(
            node ->
                scripts.step(
                    "trust-" + which + "-" + node,
                    before + node + after,
                    node,
                    "trust",
                    Map.of("authority", authority),
                    QUICK))
        .toList();
  }
}
