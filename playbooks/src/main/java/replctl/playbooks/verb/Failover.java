package replctl.playbooks.verb;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import replctl.inventory.Cluster;
import replctl.inventory.Fencing;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.Site;
import replctl.playbooks.epoch.Electorates;
import replctl.playbooks.fence.Proof;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Lane;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
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
    Salvaging salvaging = new Salvaging(engine, site, old);
    List<NodeName> closed = toClose(cluster, seen, old);
    Optional<Refusal> no =
        rules
            .split()
            .or(() -> kin.unclear(cluster, old))
            .or(() -> rules.alive(options.broken()))
            .or(() -> rules.candidate(options.to()))
            .or(() -> Fullest.of(seen, closed, options.to()).astray(cluster, options.to()))
            .or(() -> Fullest.of(seen, closed, options.to()).twoHistories(cluster, old))
            // What its disk gives is known only once it is closed: it is asked then.
            .or(() -> salvaging.isHopedFor() ? Optional.empty() : rules.loss(limit))
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
    FailoverTerms terms =
        new FailoverTerms(
            options.to(),
            options.broken(),
            limit.getAsLong(),
            options.acks(),
            kin.identity(),
            kin.warnings());
    List<String> warnings = new ArrayList<>(rules.warnings());
    warnings.addAll(salvaging.hopes());
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
    return Decision.of(plan.of(((Electorates.Called.Of) called).electorate()).then(terms.sequel()));
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
        new ArrayList<>(
            carried.warnings(to.get(), Promoting.followers(site, to.get(), fullest, closed)));
    long left = carried.left(Promoting.followers(site, to.get(), fullest, closed));
    if (left < carried.wanted().needed() && options.acks().isEmpty()) {
      words.add("to let it start with fewer: replctl failover --acks " + left);
    }
    return words;
  }

  /**
   * Who is asked what it has, now that nothing moves: those that stand still; and a leader's host
   * whose server is stopped, where its disk can be asked too.
   *
   * @param secured what has been done
   * @param found what its steps found, by their names
   */
  public List<NodeName> asked(Plan secured, Map<String, Facts> found) {
    Predicate<Step> disk =
        step ->
            step.action() instanceof Action.Fence
                && engine.promotion().salvage().isPresent()
                && Proof.of(found.getOrDefault(step.name(), Facts.NONE))
                    .filter(proof -> proof.strength() == Fencing.Strength.STOPPED)
                    .isPresent();
    return secured
        .steps()
        .filter(disk.or(step -> step.name().startsWith(Promoting.FREEZE)))
        .map(step -> new NodeName(step.on().label()))
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
    return new Promoting(engine).decide(cluster, all, secured, found);
  }

  /** Whether the node's server would lead once it is started. */
  static boolean wouldLead(NodeView node) {
    return node.role() == Role.CLOSED_LEADER && node.presence() == Presence.STOPPED;
  }
}
