package replctl.playbooks.verb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.Site;
import replctl.playbooks.epoch.Electorates;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.snapshot.Unready;

/**
 * Restarts servers: one, or all of them, one at a time. Each follower receives again, and has
 * applied what there is, before the next one is touched; the leader comes last. That it hands over
 * is decided on a fresh look, when its followers were restarted. Pure.
 */
public final class Restart {
  /** As typed, and as written in plans. */
  public static final String VERB = "restart";

  private final Engine engine;

  public Restart(Engine engine) {
    this.engine = engine;
  }

  /**
   * Decides.
   *
   * @param unready what around the cluster could not do its part in a change of leader
   * @param op the name of the operation, should there be one
   */
  public Decision decide(
      Cluster cluster, Snapshot seen, Unready unready, String op, RestartOptions options) {
    Set<NodeName> all =
        cluster.nodes().stream().map(Node::name).collect(Collectors.toUnmodifiableSet());
    return decide(cluster, seen, unready, op, options, RestartOccasion.itself(all));
  }

  /** The same, for what else is to be done on the way. */
  Decision decide(
      Cluster cluster,
      Snapshot seen,
      Unready unready,
      String op,
      RestartOptions options,
      RestartOccasion occasion) {
    RestartRules rules = new RestartRules(cluster, seen);
    Optional<Refusal> no = rules.against(options);
    if (no.isPresent()) {
      return Decision.of(no.get());
    }
    Site site = new Site(cluster, seen);
    NodeName leader = seen.leader().orElseThrow().name();
    List<NodeName> followers =
        cluster.nodes().stream()
            .map(Node::name)
            .filter(n -> !n.equals(leader) && options.node().map(n::equals).orElse(true))
            .filter(n -> !options.without().contains(n) && occasion.only().contains(n))
            .filter(n -> seen.node(n).presence() == Presence.RUNNING)
            .toList();
    List<String> warnings = new ArrayList<>(occasion.warnings());
    List<Phase> phases = new ArrayList<>();
    phases.add(
        Phase.sideBySide(
            "it is written down where nothing is restarted for it",
            cluster.nodes().stream()
                .map(Node::name)
                .filter(n -> !n.equals(leader) && !followers.contains(n))
                .flatMap(n -> occasion.before(n).stream())
                .toList()));
    for (NodeName follower : followers) {
      warnings.addAll(rules.warnings(follower));
      phases.add(follower(site, occasion, leader, follower));
    }
    if (options.node().isEmpty()) {
      warnings.addAll(rules.leftOut(options));
    }
    boolean leads =
        options.node().map(leader::equals).orElse(true) && occasion.only().contains(leader);
    boolean handsOver = leads && options.leader() == RestartOptions.OfLeader.SWITCHOVER;
    if (leads && options.leader() == RestartOptions.OfLeader.IN_PLACE) {
      warnings.add(
          "writes stand still while "
              + leader
              + " restarts: for as long as its server takes to stop and to start, seconds where"
              + " little is dirty; sessions end");
      phases.addAll(
          occasion.leaderFirst() ? 0 : phases.size(),
          inPlace(site, occasion, leader, followers(site, leader)));
    } else {
      phases.add(
          Phase.inOrder(leader + " reads it when it is started again", occasion.before(leader)));
    }
    if (handsOver) {
      Decision then = new Switchover(engine).decide(cluster, seen, unready, op, options.to());
      if (then instanceof Decision.Refused refused) {
        return Decision.of(rules.nobodyTakesOver(refused.refusal()));
      }
      warnings.addAll(handsOver((Decision.Planned) then, options.back()));
    } else if (leads && options.leader() == RestartOptions.OfLeader.LEFT) {
      warnings.add(leader + ", which leads, is not restarted, as asked");
    }
    Plan plan = new Plan(op, occasion.verb(), cluster.name(), Bases.of(seen), warnings, phases);
    return Voted.paying(
        engine, handsOver ? plan.then(options.sequel()) : plan, site, Electorates.Wish.USUAL);
  }

  /** Who will lead, by what is seen now. */
  private static List<String> handsOver(Decision.Planned then, boolean back) {
    return then.plan()
        .steps()
        .filter(s -> s.action() instanceof Action.Handover)
        .map(s -> (Action.Handover) s.action())
        .map(
            h ->
                "then "
                    + h.from()
                    + " hands over to "
                    + h.to()
                    + ", should that be the best one by then, and is restarted as a follower:"
                    + " writes stand still for a moment"
                    + (back
                        ? ", and once more when it leads again: that is an operation of its own,"
                            + " decided when all are restarted; should this be cut off before:"
                            + " replctl switchback"
                        : "; to have it lead again: replctl switchback"))
        .toList();
  }

  /**
   * The leader hands over, now that its followers were restarted.
   *
   * @param seen how the cluster looks now
   * @param restarted what has been done
   */
  public Decision handOver(Cluster cluster, Snapshot seen, Unready unready, Plan restarted) {
    Decision decision =
        new Switchover(engine).within(cluster, seen, unready, restarted.op(), to(restarted));
    if (decision instanceof Decision.Refused) {
      return decision;
    }
    Plan next = ((Decision.Planned) decision).plan();
    List<Phase> phases = new ArrayList<>(next.phases());
    Site site = new Site(cluster, seen);
    if (!engine.upkeep().handoverRestarts()) {
      RestartOccasion last = RestartOccasion.itself(Set.of());
      next.steps()
          .filter(s -> s.action() instanceof Action.Handover)
          .map(s -> (Action.Handover) s.action())
          .forEach(h -> phases.add(owed(follower(site, last, h.to(), h.from(), h.to()))));
    }
    return Decision.of(restarted.continued(next.warnings(), phases));
  }

  /** Who led when all began, where it has handed over since. */
  public static Optional<NodeName> ledBefore(Plan restarted) {
    return restarted
        .steps()
        .filter(s -> s.action() instanceof Action.Handover)
        .map(s -> ((Action.Handover) s.action()).from())
        .findFirst();
  }

  /** To whom its leader is to hand over; empty: to the best candidate. */
  public static Optional<NodeName> to(Plan restarted) {
    return restarted.sequel().flatMap(RestartOptions::to);
  }

  /** Once another leads nothing is taken back. */
  private static Phase owed(Phase phase) {
    return Phase.inOrder(phase.title(), phase.steps().map(s -> s.kept().owed()).toList());
  }

  private Phase follower(Site site, RestartOccasion occasion, NodeName leader, NodeName node) {
    NodeName from =
        site.seen(node)
            .server()
            .flatMap(Server::upstream)
            .filter(n -> known(site, n))
            .orElse(leader);
    return follower(site, occasion, leader, node, from);
  }

  private Phase follower(
      Site site, RestartOccasion occasion, NodeName leader, NodeName node, NodeName from) {
    List<Step> steps = new ArrayList<>(occasion.before(node));
    steps.add(restart(site, occasion, leader, node));
    engine.upkeep().caughtUp(site, leader, node, from).ifPresent(steps::add);
    return Phase.inOrder(node + " has restarted, and follows again", steps);
  }

  private Step restart(Site site, RestartOccasion occasion, NodeName leader, NodeName node) {
    return occasion.restart().apply(node, engine.upkeep().restart(site, leader, node));
  }

  private static boolean known(Site site, NodeName node) {
    return site.cluster().node(node).isPresent();
  }

  /** Its followers lose it for a moment: whether they have all come back is seen at the end. */
  private List<Phase> inPlace(
      Site site, RestartOccasion occasion, NodeName leader, List<NodeName> followers) {
    List<Step> restarted = new ArrayList<>(occasion.before(leader));
    restarted.add(restart(site, occasion, leader, leader));
    List<Step> back = new ArrayList<>();
    for (NodeName follower : followers) {
      engine
          .upkeep()
          .caughtUp(site, leader, follower, leader)
          .map(
              s ->
                  new Step(
                      "again-" + follower,
                      s.title(),
                      s.on(),
                      s.action(),
                      s.undo(),
                      s.limit(),
                      Step.OnFailure.OWE))
          .ifPresent(back::add);
    }
    return List.of(
        Phase.inOrder(leader + " has restarted, and takes writes again", restarted),
        Phase.sideBySide("its followers receive again", back));
  }

  private static List<NodeName> followers(Site site, NodeName leader) {
    return site.seen().nodes().stream()
        .filter(n -> n.server().flatMap(Server::upstream).equals(Optional.of(leader)))
        .filter(n -> n.server().flatMap(Server::streaming).orElse(false))
        .map(NodeView::name)
        .toList();
  }
}
