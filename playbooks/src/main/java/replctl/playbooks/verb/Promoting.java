package replctl.playbooks.verb;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.Site;
import replctl.playbooks.plan.Lane;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Facts;

/**
 * The second plan of a failover: the old leader is closed, its followers stand still, and by what
 * they have now one of them leads. Pure.
 */
final class Promoting {
  /** Why, where nobody has typed a reason. */
  private static final String LOST = "the leader is lost";

  /** How steps begin that have a follower stand still. */
  static final String FREEZE = "freeze-";

  private final Engine engine;

  Promoting(Engine engine) {
    this.engine = engine;
  }

  /**
   * Who leads, now that nothing moves.
   *
   * @param all what the hosts that answered before say now
   * @param secured what has been done
   * @param found what its steps found, by their names
   */
  Decision decide(Cluster cluster, Snapshot all, Plan secured, Map<String, Facts> found) {
    FailoverTerms terms = FailoverTerms.of(secured.sequel().orElseThrow());
    Snapshot frozen = terms.identity().map(i -> Kin.of(all, i).seen()).orElse(all);
    Site site = new Site(cluster, frozen);
    if (frozen.epochs().newest().isEmpty()) {
      return Decision.of(nobodyAnswers(secured.op()));
    }
    LeaderRecord newest = frozen.epochs().newest().get();
    SortedMap<NodeName, String> closed = new TreeMap<>();
    List<NodeName> debts = new ArrayList<>();
    for (Step step : secured.steps().toList()) {
      Facts facts = found.getOrDefault(step.name(), Facts.NONE);
      facts
          .text("closed")
          .ifPresent(
              how -> {
                NodeName name = new NodeName(step.on().label());
                closed.put(name, how);
                if (facts.text("owed").isPresent()) {
                  debts.add(name);
                }
              });
    }
    FailoverRules rules = new FailoverRules(cluster, frozen, newest);
    Fullest fullest = Fullest.of(frozen, closed.keySet(), terms.to());
    Optional<NodeName> leading = fullest.best(cluster, terms.to());
    Salvaging salvaging = new Salvaging(engine, site, newest.leader());
    Optional<Refusal> loss = rules.loss(OptionalLong.of(terms.mostLoss()));
    Optional<Refusal> no =
        loss.filter(l -> salvaging.way(closed).isEmpty())
            .or(() -> fullest.astray(cluster, terms.to()))
            .or(() -> fullest.twoHistories(cluster, newest.leader()));
    if (no.isEmpty() && leading.isEmpty()) {
      no = Optional.of(noneLeft(cluster, fullest, terms.to()));
    }
    if (no.isPresent()) {
      return Decision.of(stay(no.get(), secured.op(), newest.leader()));
    }
    NodeName to = leading.orElseThrow();
    Carried carried = Carried.of(engine, site, to, terms.acks());
    LeaderChange change =
        new LeaderChange(secured.verb(), newest.leader(), to, terms.broken().orElse(LOST));
    List<String> warnings = new ArrayList<>(terms.strangers());
    warnings.addAll(fullest.warnings());
    warnings.addAll(salvaging.warnings(closed, rules.loss()));
    warnings.addAll(silent(secured, frozen, to));
    warnings.addAll(carried.warnings(to, followers(site, to, fullest, closed.keySet())));
    List<Step> beyond =
        salvaging.steps(
            closed,
            to,
            fullest.node(),
            rules.loss(),
            loss.map(l -> stay(l, secured.op(), newest.leader()).next()));
    return Decision.of(
        secured.continued(
            warnings, phases(secured.op(), site, fullest, beyond, closed, debts, carried, change)));
  }

  private static Refusal nobodyAnswers(String op) {
    return Refusal.of(
        Refusal.Code.E_EPOCH_02,
        "none of the hosts that were told to stand still answers any more.",
        "replctl op resume " + op,
        "or take it back: replctl op abort " + op);
  }

  /**
   * @param beyond by these it gets what no follower has
   */
  private List<Phase> phases(
      String op,
      Site site,
      Fullest fullest,
      List<Step> beyond,
      SortedMap<NodeName, String> closed,
      List<NodeName> debts,
      Carried carried,
      LeaderChange change) {
    NodeName to = change.to();
    List<NodeName> followers = followers(site, to, fullest, closed.keySet());
    Cascade cascade = new Cascade(site, to, followers);
    List<Step> before = new ArrayList<>();
    if (!fullest.has(to)) {
      before.add(engine.promotion().fetch(site, to, fullest.node()));
    }
    before.addAll(beyond);
    LeaderRecord leads =
        Records.of(site.cluster(), site.seen(), to, carried.wanted(), closed)
            .lowering(carried.lowered());
    List<NodeName> owing =
        Stream.concat(leads.debts().stream().filter(n -> !closed.containsKey(n)), debts.stream())
            .toList();
    // Only what it lacks must come before the record: whoever is named there may be opened by a
    // guard.
    List<Lane> written = new ArrayList<>(cascade.slots(engine));
    written.add(Lane.of(Records.step(leads.closing(closed, owing))));
    List<Lane> following = new ArrayList<>();
    for (NodeName follower : followers) {
      following.add(owed(engine.succession().repoint(site, follower, cascade.upstream(follower))));
    }
    following.add(owed(List.of(engine.promotion().epochRow(site, to))));
    following.addAll(Redirecting.lanes(engine, site, change));
    List<Lane> last = new ArrayList<>();
    last.add(owed(engine.promotion().finish(site, to)));
    Hooking.after(site, change).ifPresent(step -> last.add(Lane.of(step)));
    return List.of(
        Phase.inOrder(
            to + " may lead",
            Hooking.before(site, change, Optional.empty(), waysOut(op, change.from())).stream()
                .toList()),
        Phase.inOrder("prepare " + to, before),
        new Phase("it is written down that " + to + " leads", written),
        Phase.inOrder(
            "writes on " + to + " will wait for as many as was written down",
            carried.set().stream().toList()),
        Phase.inOrder(to + " leads", List.of(engine.promotion().promote(site, to))),
        new Phase("follow " + to, following),
        new Phase("tidy up", last));
  }

  private static Lane owed(List<Step> steps) {
    return new Lane(steps.stream().map(Step::owed).toList());
  }

  private static Refusal noneLeft(Cluster cluster, Fullest fullest, Optional<NodeName> to) {
    String none =
        to.map(n -> n + ", which is to lead, does not say any more what it has")
            .orElse("none of those that may lead and were told to stand still says what it has");
    List<String> words = new ArrayList<>(List.of(none));
    words.addAll(fullest.warnings());
    return Refusal.of(
        Refusal.Code.E_CANDIDATE_01,
        String.join("; ", words) + ".",
        "replctl candidates " + cluster.name());
  }

  /** The old leader is closed by now: there are two ways out of a veto. */
  private static List<String> waysOut(String op, NodeName old) {
    return List.of("ask it again: replctl op resume " + op, back(op, old));
  }

  private static String back(String op, NodeName old) {
    return "or take the old leader back: replctl op abort "
        + op
        + ", replctl unfence "
        + old
        + ", replctl open "
        + old;
  }

  /** The old leader is closed by now: there are two ways out. */
  private static Refusal stay(Refusal no, String op, NodeName old) {
    List<String> next = new ArrayList<>();
    for (String typed : no.next()) {
      // Another failover begins when this one is over.
      next.add(
          typed.contains("replctl failover ")
              ? "replctl op abort " + op + ", then: " + typed
              : typed + ", then: replctl op resume " + op);
    }
    next.add(back(op, old));
    return new Refusal(
        no.code(),
        no.found(),
        old + " is closed, its followers stand still, and nobody was promoted.",
        next);
  }

  /**
   * Those that were told to stand still and do not say now what they have. That may be more than
   * the new leader will have: whether they can follow it is not known.
   */
  private static List<String> silent(Plan secured, Snapshot frozen, NodeName to) {
    List<NodeName> known = FailoverRules.followers(frozen).stream().map(NodeView::name).toList();
    return secured
        .steps()
        .map(Step::name)
        .filter(name -> name.startsWith(FREEZE))
        .map(name -> new NodeName(name.substring(FREEZE.length())))
        .filter(n -> !n.equals(to) && !known.contains(n))
        .map(n -> n + " was told to stand still, and " + now(frozen.node(n)))
        .toList();
  }

  private static String now(NodeView node) {
    return node.contact().answered()
        ? "its server does not say any more what it has; when it does: replctl rejoin "
            + node.name()
        : "does not answer any more ("
            + node.contact().words()
            + "); when it does: replctl rejoin "
            + node.name();
  }

  /** Who will receive from the new leader. */
  static List<NodeName> followers(
      Site site, NodeName to, Fullest fullest, Collection<NodeName> closed) {
    return FailoverRules.followers(site.seen()).stream()
        .map(NodeView::name)
        .filter(n -> !n.equals(to) && !closed.contains(n))
        .filter(n -> !fullest.parted().contains(n))
        .toList();
  }
}
