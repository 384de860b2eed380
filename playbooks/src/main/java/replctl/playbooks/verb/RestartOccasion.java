package replctl.playbooks.verb;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Step;

/**
 * What servers are restarted for.
 *
 * @param verb as typed
 * @param only those that are restarted, of all that could be
 * @param before steps right before a node's restart; of a leader that is not restarted itself, the
 *     last ones
 * @param restart a node's restart, as it is to be
 * @param leaderFirst whether the leader comes before its followers, restarted as it is
 * @param warnings what the operator should know before it runs
 */
record RestartOccasion(
    String verb,
    Set<NodeName> only,
    Map<NodeName, List<Step>> before,
    BiFunction<NodeName, Step, Step> restart,
    boolean leaderFirst,
    List<String> warnings) {
  RestartOccasion {
    only = Set.copyOf(only);
    before = Map.copyOf(before);
    warnings = List.copyOf(warnings);
  }

  /** For its own sake: each of these. */
  static RestartOccasion itself(Set<NodeName> nodes) {
    return new RestartOccasion(
        Restart.VERB, nodes, Map.of(), (node, step) -> step, false, List.of());
  }

  List<Step> before(NodeName node) {
    return before.getOrDefault(node, List.of());
  }
}
