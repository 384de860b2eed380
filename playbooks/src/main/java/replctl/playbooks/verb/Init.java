package replctl.playbooks.verb;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;
import replctl.playbooks.engine.Drift;
import replctl.playbooks.engine.Quorum;
import replctl.playbooks.engine.Setup;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.engine.Site;
import replctl.playbooks.engine.StartGuard;
import replctl.playbooks.epoch.Electorates;
import replctl.playbooks.plan.Lane;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;

/**
 * Sets replication up as declared, or adopts it: what is there already and right is left alone, so
 * that a second run has nothing to do. Pure.
 */
public final class Init {
  private final Setup setup;

  public Init(Setup setup) {
    this.setup = setup;
  }

  /**
   * What the operator asked for.
   *
   * @param without nodes to leave out for now
   */
  public record Options(List<NodeName> without, SetupGoal.Policy policy) {
    /** All nodes, and nothing that others could notice. */
    public static final Options USUAL = new Options(List.of(), SetupGoal.Policy.CAUTIOUS);

    public Options {
      without = List.copyOf(without);
    }
  }

  /**
   * The plan, or why not.
   *
   * @param op the name of the operation that it would be
   * @param site as surveyed, with the answers to {@link Setup#question} added
   */
  public Decision decide(String op, Site site, Options options) {
    // Who votes is changed by add and remove alone, one at a time.
    Optional<Refusal> differs = Electorates.differs(site.cluster(), site.seen());
    if (differs.isPresent()) {
      return Decision.of(differs.get());
    }
    List<Refusal> refused =
        site.cluster().nodes().stream()
            .map(Node::name)
            .filter(n -> !options.without().contains(n))
            .flatMap(n -> setup.refuses(site, n).stream())
            .toList();
    if (!refused.isEmpty()) {
      return Decision.of(together(refused));
    }
    Found found = InitRules.goal(site, options);
    if (found instanceof Found.No no) {
      return Decision.of(no.refusal());
    }
    SetupGoal goal = ((Found.Goal) found).goal();
    List<Refusal> objections = setup.objections(goal);
    if (!objections.isEmpty()) {
      return Decision.of(together(objections));
    }
    Plan plan = plan(op, goal, options);
    if (plan.isEmpty()) {
      return Decision.of(plan);
    }
    return Voted.of(plan, site, Electorates.Wish.FOUNDING);
  }

  /** What would be changed on each node that has data, for the operator to see first. */
  public Map<NodeName, List<Drift>> drift(Site site, Options options) {
    Map<NodeName, List<Drift>> drift = new TreeMap<>();
    if (InitRules.goal(site, options) instanceof Found.Goal found) {
      found.goal().nodes().forEach(n -> drift.put(n, setup.drift(found.goal(), n)));
      drift.putAll(setup.guard(found.goal()).onWitnesses());
    }
    return drift;
  }

  /** Who leads, or why it can't be told. */
  sealed interface Found {
    /** This is to be reached. */
    record Goal(SetupGoal goal) implements Found {}

    /** It can't be begun. */
    record No(Refusal refusal) implements Found {}
  }

  private Plan plan(String op, SetupGoal goal, Options options) {
    NodeName leader = goal.leader();
    List<NodeName> there = goal.followers().stream().filter(n -> !goal.isAbsent(n)).toList();
    List<Phase> phases = new ArrayList<>();
    phases.add(Phase.inOrder(leader + " has an empty server", setup.create(goal)));
    phases.add(Phase.inOrder("there is an authority for certificates", setup.authority(goal)));
    phases.add(
        lanes("every node has its credentials", goal.nodes(), n -> setup.credentials(goal, n)));
    // Before any start: a guard that stands there already could not tell what it is to do.
    StartGuard guard = setup.guard(goal);
    phases.add(lanes("every start guard has a key", goal.nodes(), guard::key));
    phases.add(lanes("start guards know their peers", guard.hosts(), guard::peers));
    phases.addAll(setup.together(goal));
    // Followers first: with less than the leader has of some parameters they would stop.
    phases.add(lanes("followers are configured", there, n -> setup.configure(goal, n)));
    phases.add(lanes("followers have restarted", there, n -> setup.restart(goal, n)));
    List<Step> leading = new ArrayList<>(setup.configure(goal, leader));
    leading.addAll(setup.start(goal));
    leading.addAll(setup.restart(goal, leader));
    leading.addAll(setup.accounts(goal));
    phases.add(Phase.inOrder(leader + " leads, configured and with its accounts", leading));
    phases.addAll(following(goal));
    phases.add(lanes("any follower would lead alike", goal.followers(), n -> mayLead(goal, n)));
    phases.add(lanes("start guards stand before the servers", goal.nodes(), guard::install));
    phases.add(lanes("start guards get answers", goal.nodes(), guard::reach));
    Optional<Votes> votes = votes(goal);
    List<Step> early = votes.map(v -> early(goal, v)).orElse(List.of());
    phases.add(Phase.inOrder("what may come is written down first", early));
    phases.add(Phase.inOrder(leader + " is as durable as asked", setup.durability(goal, leader)));
    // Last: more than holds must not be written down.
    Acks then = votes.map(Votes::then).orElseGet(() -> setup.acks(goal, leader));
    List<Step> record = record(goal, then, !early.isEmpty());
    phases.add(Phase.inOrder(Votes.REACHED, record.isEmpty() ? List.of() : reached(goal, votes)));
    phases.add(Phase.inOrder("every host knows who leads", record));
    phases.add(Phase.inOrder(leader + "'s data tells of its epoch", setup.told(goal)));
    return new Plan(
        op,
        "init",
        goal.site().cluster().name(),
        Bases.of(goal.site().seen()),
        warnings(goal, options),
        phases);
  }

  /**
   * @param again whether this operation writes one down before
   */
  private List<Step> record(SetupGoal goal, Acks then, boolean again) {
    Cluster cluster = goal.site().cluster();
    Snapshot seen = goal.site().seen();
    LeaderRecord wanted = Records.of(cluster, seen, goal.leader(), then, Map.of());
    if (again) {
      return List.of(Records.step(wanted.next()));
    }
    return Records.isWritten(seen, wanted) ? List.of() : List.of(Records.step(wanted));
  }

  /** How it changes who acknowledges; empty: nothing is written down of that leader. */
  private Optional<Votes> votes(SetupGoal goal) {
    NodeName leader = goal.leader();
    Snapshot seen = goal.site().seen();
    return seen.epochs()
        .newest()
        .filter(last -> last.leader().equals(leader))
        .map(
            last ->
                new Votes(
                    last,
                    seen.node(leader).server().flatMap(Server::acks),
                    Votes.then(setup, last, setup.acks(goal, leader), n -> true),
                    last.voters(),
                    Map.of()));
  }

  /** Where a write may be on others meanwhile, or on fewer, than is written down. */
  private static List<Step> early(SetupGoal goal, Votes votes) {
    LeaderRecord meanwhile = votes.meanwhile();
    boolean holds =
        meanwhile.acks() == 0
            ? votes.last().acks() == 0
            : meanwhile.acks() == votes.last().acks()
                && votes.last().ackers().containsAll(meanwhile.ackers());
    return holds
        ? List.of()
        : Votes.step(
            goal.site().seen(),
            meanwhile,
            "record-durability",
            "write down on every host what writes wait for meanwhile");
  }

  private List<Step> reached(SetupGoal goal, Optional<Votes> votes) {
    if (votes.isPresent()) {
      return votes.get().reached(setup, goal);
    }
    return setup.acks(goal, goal.leader()).recorded().needed() == 0
        ? List.of()
        : List.of(setup.reached(goal));
  }

  private List<Step> mayLead(SetupGoal goal, NodeName node) {
    return goal.site().declared(node).mayLead() ? setup.durability(goal, node) : List.of();
  }

  /** Those next to the leader first, then those that follow them. */
  private List<Phase> following(SetupGoal goal) {
    List<Phase> phases = new ArrayList<>();
    Map<Integer, List<NodeName>> byDepth =
        goal.followers().stream()
            .collect(Collectors.groupingBy(n -> depth(goal, n), TreeMap::new, Collectors.toList()));
    byDepth.forEach(
        (depth, nodes) ->
            phases.add(
                lanes(
                    depth == 1 ? "followers stream" : "followers of followers stream",
                    nodes,
                    n ->
                        goal.isAbsent(n)
                            ? setup.copy(goal, n, goal.upstream(n))
                            : setup.attach(goal, n, goal.upstream(n)))));
    return phases;
  }

  private static int depth(SetupGoal goal, NodeName node) {
    NodeName at = node;
    int depth = 1;
    while (!goal.upstream(at).equals(goal.leader()) && depth < goal.nodes().size()) {
      at = goal.upstream(at);
      depth++;
    }
    return depth;
  }

  private static Phase lanes(
      String title, List<NodeName> nodes, Function<NodeName, List<Step>> steps) {
    return new Phase(
        title, nodes.stream().map(steps).filter(s -> !s.isEmpty()).map(Lane::new).toList());
  }

  private List<String> warnings(SetupGoal goal, Options options) {
    List<String> warnings = new ArrayList<>();
    goal.site()
        .cluster()
        .declaredLeader()
        .map(Node::name)
        .filter(declared -> !declared.equals(goal.leader()))
        .ifPresent(
            declared ->
                warnings.add(
                    goal.leader()
                        + " leads and stays leader, although the inventory says "
                        + declared
                        + "; to change that: replctl switchover --to "
                        + declared));
    if (!options.without().isEmpty()) {
      warnings.add("left out for now, as asked: " + words(options.without()));
    }
    if (!options.policy().restart()) {
      goal.nodes().stream()
          .flatMap(n -> setup.drift(goal, n).stream().filter(Drift::restart).map(d -> owed(n, d)))
          .forEach(warnings::add);
    }
    warnings.addAll(setup.guard(goal).warnings());
    warnings.addAll(durability(goal));
    Quorum.lowered(goal.site().seen())
        .ifPresent(
            l ->
                warnings.add(
                    "writes wait for no more than "
                        + l.acks()
                        + ", lowered by "
                        + l.by()
                        + "; taken back by: replctl sync --apply"));
    return warnings;
  }

  private static String owed(NodeName node, Drift drift) {
    return node
        + " must restart before these take hold: "
        + drift.change()
        + "; when its clients can do without it for a moment: replctl init --restart";
  }

  private List<String> durability(SetupGoal goal) {
    Cluster cluster = goal.site().cluster();
    Replication asked = cluster.replication();
    int ackers = goal.ackers(goal.leader()).size();
    List<String> warnings = new ArrayList<>();
    if (asked.mode() == Replication.Mode.ASYNC) {
      return warnings;
    }
    int needed = asked.mode() == Replication.Mode.SYNC ? ackers : asked.acks();
    Optional<Duration> patience = setup.acks(goal, goal.leader()).patience();
    if (patience.isPresent()) {
      warnings.add("on_lost_sync: degrade: " + Guarantee.givesUp(patience.get()));
    } else if (asked.onLostSync() == Replication.OnLostSync.DEGRADE) {
      warnings.add(
          "on_lost_sync: degrade is done by a running replctl watch only; without one, writes wait"
              + " when too few followers are left to acknowledge them");
    } else if (needed >= ackers) {
      warnings.add(
          "a write waits for "
              + (ackers == 1 ? "the only follower" : "all " + ackers + " followers")
              + " that may acknowledge it: when one is lost, writes wait");
    }
    return warnings;
  }

  /** All that speaks against it at once, so that it need not be found out one by one. */
  private static Refusal together(List<Refusal> all) {
    Refusal first = all.get(0);
    return new Refusal(
        first.code(),
        all.stream().map(Refusal::found).distinct().collect(Collectors.joining("\n")),
        first.unchanged(),
        all.stream().flatMap(r -> r.next().stream()).distinct().toList());
  }

  static String words(List<NodeName> nodes) {
    return nodes.stream().map(NodeName::value).collect(Collectors.joining(", "));
  }

  /** Whether the node's server can be asked and changed as it is. */
  static boolean settled(Presence presence) {
    return presence == Presence.ABSENT
        || presence == Presence.STOPPED
        || presence == Presence.RUNNING;
  }

  static Optional<NodeName> only(List<NodeName> nodes) {
    return nodes.size() == 1 ? Optional.of(nodes.get(0)) : Optional.empty();
  }
}
