package replctl.playbooks.verb;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.ParameterChange;
import replctl.playbooks.engine.ParameterState;
import replctl.playbooks.engine.ParameterWish;
import replctl.playbooks.engine.Site;
import replctl.playbooks.epoch.Electorates;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.snapshot.Unready;

/**
 * Changes parameters on all nodes. What takes hold at once is written everywhere side by side. What
 * needs a start is written on a node right before that is restarted, followers first; what a
 * follower may not have less of than its leader is lowered on the leader first. Pure.
 */
public final class SetParameters {
  /** As typed, and as written in plans. */
  public static final String VERB = "parameter";

  private final Engine engine;

  public SetParameters(Engine engine) {
    this.engine = engine;
  }

  /**
   * Decides.
   *
   * @param seen with the answers to what was asked for these parameters
   * @param unready what around the cluster could not do its part in a change of leader
   * @param op the name of the operation, should there be one
   */
  public Decision decide(
      Cluster cluster, Snapshot seen, Unready unready, String op, ParameterOptions options) {
    Site site = new Site(cluster, seen);
    ParameterRules rules = new ParameterRules(site, engine.parameters(), options);
    Optional<Refusal> no = rules.against();
    if (no.isPresent()) {
      return Decision.of(no.get());
    }
    Map<NodeName, ParameterChange> changes = changes(site, options);
    Set<NodeName> waiting = waiting(site, options);
    List<String> warnings = rules.warnings(waiting::contains);
    if (options.restart().isPresent() && !waiting.isEmpty()) {
      return restarting(site, unready, op, options, rules, changes, waiting, warnings);
    }
    Plan plan =
        new Plan(
            op,
            VERB,
            cluster.name(),
            Bases.of(seen),
            warnings,
            List.of(Phase.sideBySide("it is written down", writes(site, changes))));
    return plan.isEmpty()
        ? Decision.of(plan)
        : Voted.paying(engine, plan, site, Electorates.Wish.USUAL);
  }

  /** Of each node on which something is to be written. */
  private static Map<NodeName, ParameterChange> changes(Site site, ParameterOptions options) {
    Map<NodeName, ParameterChange> changes = new LinkedHashMap<>();
    for (Node node : site.cluster().nodes()) {
      if (!options.isFor(node.name())) {
        continue;
      }
      List<ParameterWish> wanted = new ArrayList<>();
      List<ParameterWish> before = new ArrayList<>();
      for (ParameterWish wish : options.wishes()) {
        ParameterState.of(site.facts(node.name()), wish.name())
            .filter(state -> state.lacks(wish))
            .ifPresent(
                state -> {
                  wanted.add(state.writing(wish));
                  before.add(state.before());
                });
      }
      if (!wanted.isEmpty()) {
        changes.put(node.name(), new ParameterChange(wanted, before));
      }
    }
    return changes;
  }

  /** Those that must be started again before it has all taken hold. */
  private static Set<NodeName> waiting(Site site, ParameterOptions options) {
    return site.cluster().nodes().stream()
        .map(Node::name)
        .filter(options::isFor)
        .filter(
            node ->
                options.wishes().stream()
                    .anyMatch(
                        wish ->
                            ParameterState.of(site.facts(node), wish.name())
                                .filter(state -> state.waitsFor(wish))
                                .isPresent()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private List<Step> writes(Site site, Map<NodeName, ParameterChange> changes) {
    NodeName leader = site.seen().leader().orElseThrow().name();
    return changes.entrySet().stream()
        .map(e -> engine.parameters().write(site, leader, e.getKey(), e.getValue()))
        .toList();
  }

  private Decision restarting(
      Site site,
      Unready unready,
      String op,
      ParameterOptions options,
      ParameterRules rules,
      Map<NodeName, ParameterChange> changes,
      Set<NodeName> waiting,
      List<String> warnings) {
    NodeName leader = site.seen().leader().orElseThrow().name();
    RestartOptions.OfLeader how = options.restart().orElseThrow();
    List<NodeName> without =
        site.cluster().nodes().stream()
            .map(Node::name)
            .filter(n -> !n.equals(leader) && !options.isFor(n))
            .toList();
    boolean alone = waiting.equals(Set.of(leader));
    if (alone && how == RestartOptions.OfLeader.SWITCHOVER) {
      return Decision.of(
          Refusal.of(
              Refusal.Code.E_STATE_01,
              leader + " leads, and is the only one that must be restarted for it.",
              "where writes may stand still meanwhile: the same with --leader in-place",
              "replctl switchover, then the same again"));
    }
    boolean leaderFirst = rules.lowered(leader).isPresent();
    Map<NodeName, List<Step>> before = new LinkedHashMap<>();
    for (NodeName node : site.cluster().nodes().stream().map(Node::name).toList()) {
      List<Step> steps = new ArrayList<>();
      if (leaderFirst && !node.equals(leader) && waiting.contains(node)) {
        engine
            .upkeep()
            .caughtUp(site, leader, node, leader)
            .map(s -> applied(s, node))
            .ifPresent(steps::add);
      }
      if (changes.containsKey(node)) {
        steps.add(engine.parameters().write(site, leader, node, changes.get(node)));
      }
      before.put(node, steps);
    }
    return new Restart(engine)
        .decide(
            site.cluster(),
            site.seen(),
            unready,
            op,
            new RestartOptions(Optional.empty(), without, how, options.to()),
            new RestartOccasion(
                VERB,
                waiting,
                before,
                (node, restart) ->
                    changes.containsKey(node) ? changes.get(node).withWayBack(restart) : restart,
                leaderFirst,
                warnings));
  }

  /** Another step than the one after its restart. */
  private static Step applied(Step step, NodeName node) {
    return new Step(
        "applied-" + node,
        step.title(),
        step.on(),
        step.action(),
        step.undo(),
        step.limit(),
        step.onFailure());
  }
}
