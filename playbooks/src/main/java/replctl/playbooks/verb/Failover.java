package replctl.playbooks.verb;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.Site;
import replctl.playbooks.epoch.Electorates;
import replctl.playbooks.plan.Lane;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Sequel;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.EpochFile;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Lowered;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.snapshot.Unready;
import replctl.playbooks.world.Facts;

/**
 * Another leader when the old one is lost, in two plans: the old one is closed and the followers
 * stand still; then it is decided, on what they have now, who leads. Pure.
 */
public final class Failover {
  private static final String TO = "to";
  private static final String LOSS = "accept-loss";
  private static final String BROKEN = "leader-is-broken";

  /** Why, where nobody has typed a reason. */
  private static final String LOST = "the leader is lost";

  /** How steps begin that have a follower stand still. */
  private static final String FREEZE = "freeze-";

  private static final String ACKS = "acks";

  /** What makes a server one of this cluster. */
  private static final String IDENTITY = "identity";

  /** Who is left out since it is not: they are not asked again. */
  private static final String STRANGERS = "strangers";

  /** Who has typed {@link #ACKS}. */
  private static final String BY = "acks-by";

  /** How {@link #LOSS} says that any loss is accepted. */
  private static final String ANY = "any";

  private final Engine engine;

  public Failover(Engine engine) {
    this.engine = engine;
  }

  /**
   * What the operator has typed.
   *
   * @param to who is to lead; empty: priority decides among those that may
   * @param broken why a leader that answers, or feeds its followers, is given up all the same
   * @param confirmed nodes that were seen to be off, and by whom
   * @param acceptLoss bytes; {@link Long#MAX_VALUE}: any; empty: the inventory's limit
   * @param acks at most how many a write may wait for on the new leader; empty: as it was
   */
  public record Options(
      Optional<NodeName> to,
      Optional<String> broken,
      Map<NodeName, String> confirmed,
      OptionalLong acceptLoss,
      Optional<Lowered> acks) {
    public Options {
      confirmed = Collections.unmodifiableSortedMap(new TreeMap<>(confirmed));
    }
  }

  /** The same, where all that lies around the cluster can do its part. */
  public Decision secure(Cluster cluster, Snapshot seen, String op, Options options) {
    return secure(cluster, seen, Unready.NOTHING, op, options);
  }

  /**
   * Whether the leader may be given up, and how it is closed.
   *
   * @param unready what around the cluster could not do its part: only a program that would veto
   *     everything, since it can't be run, stands in the way
   */
  public Decision secure(
      Cluster cluster, Snapshot all, Unready unready, String op, Options options) {
    Electorates.Called called = Electorates.of(cluster, all, Electorates.Wish.EMERGENCY);
    Optional<LeaderRecord> newest = all.epochs().newest();
    if (newest.isEmpty() || called instanceof Electorates.Called.No) {
      return Decision.of(
          ((Electorates.Called.No)
                  (called instanceof Electorates.Called.No
                      ? called
                      : Electorates.of(cluster, all, Electorates.Wish.USUAL)))
              .refusal());
    }
    NodeName old = newest.get().leader();
    Kin kin = Kin.of(all, old);
    Snapshot seen = kin.seen();
    Site site = new Site(cluster, seen);
    OptionalLong limit =
        options.acceptLoss().isPresent()
            ? options.acceptLoss()
            : cluster.limits().maxLossBytes().isPresent()
                ? cluster.limits().maxLossBytes()
                : OptionalLong.of(Long.MAX_VALUE);
    FailoverRules rules = new FailoverRules(cluster, seen, newest.get());
    List<NodeName> closed = toClose(cluster, seen, old);
    Optional<Refusal> no =
        rules
            .split()
            .or(() -> kin.unclear(cluster, old))
            .or(() -> rules.alive(options.broken()))
            .or(() -> rules.candidate(options.to()))
            .or(() -> Fullest.of(seen, closed, options.to()).twoHistories(cluster, old))
            .or(() -> rules.loss(limit))
            .or(() -> Preparedness.veto(unready));
    if (no.isPresent()) {
      return Decision.of(no.get());
    }
    List<Lane> fences =
        closed.stream()
            .map(
                n ->
                    Lane.of(
                        Closing.step(
                            engine,
                            site,
                            n,
                            cluster.fencing().accept(),
                            Optional.ofNullable(options.confirmed().get(n)))))
            .toList();
    List<Step> freezes =
        FailoverRules.followers(seen).stream()
            .filter(n -> !closed.contains(n.name()))
            .map(n -> engine.promotion().freeze(site, n.name()))
            .toList();
    SortedMap<String, String> asked = new TreeMap<>();
    options.to().ifPresent(to -> asked.put(TO, to.value()));
    options.broken().ifPresent(why -> asked.put(BROKEN, why));
    asked.put(LOSS, limit.getAsLong() == Long.MAX_VALUE ? ANY : Long.toString(limit.getAsLong()));
    options
        .acks()
        .ifPresent(
            lowered -> {
              asked.put(ACKS, Integer.toString(lowered.acks()));
              asked.put(BY, lowered.by());
            });
    kin.identity().ifPresent(identity -> asked.put(IDENTITY, identity));
    if (!kin.strangers().isEmpty()) {
      asked.put(STRANGERS, String.join("\n", kin.warnings()));
    }
    List<String> warnings = new ArrayList<>(rules.warnings());
    warnings.addAll(kin.warnings());
    warnings.addAll(after(site, closed, options));
    warnings.addAll(Preparedness.warnings(cluster, unready));
    options.broken().ifPresent(why -> warnings.add(old + " is given up, since: " + why));
    Plan plan =
        new Plan(
            op,
            "failover",
            cluster.name(),
            Bases.of(seen),
            warnings,
            List.of(
                new Phase(old + " is closed, by a proof that is accepted", fences),
                Phase.sideBySide("followers stand still", freezes)));
    return Decision.of(
        plan.of(((Electorates.Called.Of) called).electorate()).then(new Sequel(asked)));
  }

  /**
   * The old leader; and where no majority is seen, or an operation is cut short that may have told
   * another node to lead, every node that may lead and does not answer, or whose server does not: a
   * promotion that it was told of goes on once it does.
   */
  private static List<NodeName> toClose(Cluster cluster, Snapshot seen, NodeName old) {
    List<NodeName> voters = seen.epochs().newest().orElseThrow().voters();
    long votes =
        voters.stream()
            .filter(v -> !v.equals(old))
            .filter(v -> seen.epochs().of(v) instanceof EpochFile.Known known && known.votes())
            .count();
    boolean all = votes * 2 <= voters.size() || seen.epochs().open().isPresent();
    return Stream.concat(
            Stream.of(old),
            cluster.nodes().stream()
                .filter(Node::mayLead)
                .map(Node::name)
                .filter(n -> all && !n.equals(old) && !isSeenToFollow(seen.node(n))))
        .toList();
  }

  /** Or to be stopped, or not to be of this cluster at all. */
  private static boolean isSeenToFollow(NodeView node) {
    return node.contact().answered()
        && switch (node.presence()) {
          case HUNG, STARTING, STOPPING -> false;
          case ABSENT, STOPPED, RUNNING, UNKNOWN -> true;
        };
  }

  /** What comes after it, as far as it can be told before anything stands still. */
  private List<String> after(Site site, List<NodeName> closed, Options options) {
    Fullest fullest = Fullest.of(site.seen(), closed, options.to());
    Optional<NodeName> to = fullest.best(site.cluster(), options.to());
    if (to.isEmpty()) {
      return List.of();
    }
    Carried carried = Carried.of(engine, site, to.get(), options.acks());
    List<String> words =
        new ArrayList<>(carried.warnings(to.get(), followers(site, to.get(), fullest, closed)));
    long left = carried.left(followers(site, to.get(), fullest, closed));
    if (left < carried.wanted().needed() && options.acks().isEmpty()) {
      words.add("to let it start with fewer: replctl failover --acks " + left);
    }
    return words;
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
  private static List<NodeName> followers(
      Site site, NodeName to, Fullest fullest, Collection<NodeName> closed) {
    return FailoverRules.followers(site.seen()).stream()
        .map(NodeView::name)
        .filter(n -> !n.equals(to) && !closed.contains(n))
        .filter(n -> !fullest.parted().contains(n))
        .toList();
  }

  /**
   * Who leads, now that nothing moves.
   *
   * @param all what the hosts that answered before say now
   * @param secured what has been done
   * @param found what its steps found, by their names
   */
  public Decision promote(Cluster cluster, Snapshot all, Plan secured, Map<String, Facts> found) {
    Sequel asked = secured.sequel().orElseThrow();
    Snapshot frozen = asked.option(IDENTITY).map(i -> Kin.of(all, i).seen()).orElse(all);
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
    OptionalLong limit =
        asked.option(LOSS).filter(text -> !text.equals(ANY)).isPresent()
            ? OptionalLong.of(Long.parseLong(asked.option(LOSS).orElseThrow()))
            : OptionalLong.of(Long.MAX_VALUE);
    Optional<NodeName> wished = asked.option(TO).map(NodeName::new);
    Fullest fullest = Fullest.of(frozen, closed.keySet(), wished);
    Optional<NodeName> leading = fullest.best(cluster, wished);
    Optional<Refusal> no =
        rules.loss(limit).or(() -> fullest.twoHistories(cluster, newest.leader()));
    if (no.isEmpty() && leading.isEmpty()) {
      no = Optional.of(noneLeft(cluster, fullest, wished));
    }
    if (no.isPresent()) {
      return Decision.of(stay(no.get(), secured.op(), newest.leader()));
    }
    NodeName to = leading.orElseThrow();
    Carried carried = Carried.of(engine, site, to, typed(asked));
    LeaderChange change =
        new LeaderChange(secured.verb(), newest.leader(), to, asked.option(BROKEN).orElse(LOST));
    List<String> warnings =
        new ArrayList<>(
            asked.option(STRANGERS).map(words -> words.lines().toList()).orElse(List.of()));
    warnings.addAll(fullest.warnings());
    warnings.addAll(silent(secured, frozen, to));
    warnings.addAll(carried.warnings(to, followers(site, to, fullest, closed.keySet())));
    return Decision.of(
        secured.continued(
            warnings, phases(secured.op(), site, fullest, closed, debts, carried, change)));
  }

  private static Refusal nobodyAnswers(String op) {
    return Refusal.of(
        Refusal.Code.E_EPOCH_02,
        "none of the hosts that were told to stand still answers any more.",
        "replctl op resume " + op,
        "or take it back: replctl op abort " + op);
  }

  private List<Phase> phases(
      String op,
      Site site,
      Fullest fullest,
      SortedMap<NodeName, String> closed,
      List<NodeName> debts,
      Carried carried,
      LeaderChange change) {
    NodeName to = change.to();
    List<NodeName> followers = followers(site, to, fullest, closed.keySet());
    Cascade cascade = new Cascade(site, to, followers);
    List<Lane> before = new ArrayList<>();
    if (!fullest.has(to)) {
      before.add(Lane.of(engine.promotion().fetch(site, to, fullest.node())));
    }
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
        new Phase("prepare " + to, before),
        new Phase("it is written down that " + to + " leads", written),
        Phase.inOrder(
            "writes on " + to + " will wait for as many as was written down",
            carried.set().stream().toList()),
        Phase.inOrder(to + " leads", List.of(engine.promotion().promote(site, to))),
        new Phase("follow " + to, following),
        new Phase("tidy up", last));
  }

  private static Optional<Lowered> typed(Sequel asked) {
    return asked
        .option(ACKS)
        .map(acks -> new Lowered(Integer.parseInt(acks), asked.option(BY).orElse("")));
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

  /** Whether the node's server would lead once it is started. */
  static boolean wouldLead(NodeView node) {
    return node.role() == Role.STOPPED_LEADER && node.presence() == Presence.STOPPED;
  }
}
