package replctl.playbooks.verb;

import java.util.List;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.inventory.yaml.Nearest;
import replctl.playbooks.engine.ParameterState;
import replctl.playbooks.engine.Parameters;
import replctl.playbooks.engine.Site;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.snapshot.HostFact;
import replctl.playbooks.snapshot.Snapshot;

/**
 * A parameter as it is on each node.
 *
 * @param owner by what else than this verb it is changed
 */
public record ParameterView(String name, Optional<String> owner, List<OnNode> nodes) {
  public ParameterView {
    nodes = List.copyOf(nodes);
  }

  /**
   * On one of them.
   *
   * @param why it is not known
   */
  public record OnNode(NodeName node, Optional<ParameterState> state, Optional<String> why) {}

  /** As it was seen. What is secret is not shown. */
  public static ParameterView of(
      Parameters parameters, Cluster cluster, Snapshot seen, String name) {
    Site site = new Site(cluster, seen);
    return new ParameterView(
        name,
        parameters.owner(cluster, name),
        cluster.nodes().stream()
            .map(Node::name)
            .map(
                n ->
                    new OnNode(
                        n,
                        ParameterState.of(site.facts(n), name)
                            .map(s -> isSecret(parameters, s) ? s.hidden() : s),
                        why(site, n, name)))
            .toList());
  }

  private static boolean isSecret(Parameters parameters, ParameterState state) {
    return parameters.isSecret(state.name())
        || ParameterRules.looksSecret(state.value())
        || state.after().filter(ParameterRules::looksSecret).isPresent();
  }

  private static Optional<String> why(Site site, NodeName node, String name) {
    if (ParameterState.of(site.facts(node), name).isPresent()) {
      return Optional.empty();
    }
    if (!site.seen(node).contact().answered()) {
      return Optional.of(site.seen(node).contact().words());
    }
    return Optional.of(
        site.facts(node)
            .text(HostFact.UNASKED + ParameterState.WHAT)
            .orElse("its server has no parameter of that name"));
  }

  /** Where no server that answers has a parameter of that name, and one does answer. */
  public static Optional<Refusal> unknown(Cluster cluster, Snapshot seen, String name) {
    Site site = new Site(cluster, seen);
    List<NodeName> told =
        cluster.nodes().stream()
            .map(Node::name)
            .filter(n -> !ParameterState.names(site.facts(n)).isEmpty())
            .toList();
    boolean known =
        cluster.nodes().stream()
            .anyMatch(n -> ParameterState.of(site.facts(n.name()), name).isPresent());
    return known || told.isEmpty() ? Optional.empty() : Optional.of(no(site, told, name));
  }

  /** These nodes have none of that name. */
  static Refusal no(Site site, List<NodeName> nodes, String name) {
    Nearest nearest = new Nearest(name);
    ParameterState.names(site.facts(nodes.get(0))).forEach(nearest::offer);
    return Refusal.of(
        Refusal.Code.E_PARAMETER_01,
        Init.words(nodes)
            + (nodes.size() == 1 ? " has" : " have")
            + " no parameter "
            + name
            + "."
            + nearest.found().map(n -> " Did you mean " + n + "?").orElse(""),
        nearest
            .found()
            .map(n -> "replctl parameter " + n)
            .orElse("one of an extension or a plugin is there once that is loaded"));
  }

  /** Whether two nodes run with different values. */
  public boolean differs() {
    return nodes.stream()
            .flatMap(n -> n.state().stream())
            .map(ParameterState::raw)
            .distinct()
            .count()
        > 1;
  }

  /** Whether a node would run with another value after a start. */
  public boolean waits() {
    return nodes.stream().anyMatch(n -> n.state().filter(ParameterState::waits).isPresent());
  }
}
