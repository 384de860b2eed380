package replctl.playbooks.verb;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.playbooks.decide.candidate.Candidate;
import replctl.playbooks.decide.candidate.Candidates;
import replctl.playbooks.decide.candidate.Check;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.Site;
import replctl.playbooks.engine.Succession;
import replctl.playbooks.epoch.Electorates;
import replctl.playbooks.plan.Lane;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.snapshot.Unready;
import replctl.playbooks.world.Place;

/**
 * Planned change of leader: nothing is lost, and it is undone when it can't finish. Pure: what was
 * seen in, a plan or a refusal out.
 */
public final class Switchover {
  /** The hand-over's preparations: logins, two checkpoints. */
  private static final Duration PREPARE = Duration.ofMinutes(10);

  private static final String PLANNED = "a planned change of leader";

  private final Engine engine;

  public Switchover(Engine engine) {
    this.engine = engine;
  }

  /** Decides, where all that lies around the cluster can do its part. */
  public Decision decide(Cluster cluster, Snapshot seen, String op, Optional<NodeName> to) {
    return decide(cluster, seen, Unready.NOTHING, op, to);
  }

  /**
   * Decides.
   *
   * @param unready what around the cluster could not do its part
   * @param op the name of the operation, should there be one
   * @param to who is to lead; empty: the best candidate
   */
  public Decision decide(
      Cluster cluster, Snapshot seen, Unready unready, String op, Optional<NodeName> to) {
    Decision decision = within(cluster, seen, unready, op, to);
    return decision instanceof Decision.Planned planned && !planned.plan().isEmpty()
        ? Voted.paying(engine, planned.plan(), new Site(cluster, seen), Electorates.Wish.USUAL)
        : decision;
  }

  /** The same as a part of an operation that has its promise already. */
  Decision within(
      Cluster cluster, Snapshot seen, Unready unready, String op, Optional<NodeName> to) {
    Optional<Refusal> state = objection(cluster, seen);
    if (state.isPresent()) {
      return Decision.of(state.get());
    }
    NodeName from = seen.leader().orElseThrow().name();
    if (to.equals(Optional.of(from))) {
      return Decision.of(
          new Plan(op, "switchover", cluster.name(), Bases.of(seen), List.of(), List.of()));
    }
    Candidates candidates = Candidates.of(cluster, seen);
    Optional<Candidate> chosen =
        to.isEmpty()
            ? candidates.best()
            : candidates.ranked().stream().filter(c -> to.get().equals(c.node())).findFirst();
    if (chosen.isEmpty() || !chosen.get().eligible()) {
      return Decision.of(noCandidate(cluster, chosen, candidates));
    }
    NodeName leading = chosen.get().node();
    Site site = new Site(cluster, seen);
    List<String> objections = engine.succession().objections(site, from, leading);
    if (!objections.isEmpty()) {
      return Decision.of(
          Refusal.of(
              Refusal.Code.E_CANDIDATE_01,
              leading
                  + " can't take over from "
                  + from
                  + " now: "
                  + String.join("; ", objections)
                  + ".",
              "replctl candidates " + cluster.name()));
    }
    Optional<Refusal> around = Preparedness.objection(unready);
    if (around.isPresent()) {
      return Decision.of(around.get());
    }
    return Decision.of(plan(site, op, from, leading));
  }

  /**
   * Whether nobody can be chosen only since something was not known of a follower that answers. Of
   * a server that works another look may tell: the age of what it has not applied is not told
   * between two transactions.
   */
  public static boolean unclear(Cluster cluster, Snapshot seen, Optional<NodeName> to) {
    if (objection(cluster, seen).isPresent()) {
      return false;
    }
    List<Candidate> asked =
        Candidates.of(cluster, seen).ranked().stream()
            .filter(c -> to.isEmpty() || to.get().equals(c.node()))
            .toList();
    return asked.stream().noneMatch(Candidate::eligible)
        && asked.stream().anyMatch(c -> c.unclear() && seen.node(c.node()).server().isPresent());
  }

  private static Optional<Refusal> objection(Cluster cluster, Snapshot seen) {
    List<NodeView> writable = seen.writable();
    String look = "replctl status " + cluster.name();
    if (writable.size() > 1) {
      String names =
          writable.stream().map(n -> n.name().value()).collect(Collectors.joining(" and "));
      return Optional.of(
          Refusal.of(Refusal.Code.E_SPLIT_01, "two writable servers: " + names + ".", look));
    }
    if (writable.size() == 1) {
      return Optional.empty();
    }
    String silent =
        seen.nodes().stream()
            .filter(n -> !n.contact().answered())
            .map(n -> n.name() + " (" + n.contact().words() + ")")
            .collect(Collectors.joining(", "));
    return Optional.of(
        Refusal.of(
            silent.isEmpty() ? Refusal.Code.E_STATE_01 : Refusal.Code.E_REACH_01,
            "no node is seen to take writes"
                + (silent.isEmpty() ? "" : "; no answer from " + silent)
                + ". A switchover needs a leader that runs.",
            look));
  }

  private static Refusal noCandidate(
      Cluster cluster, Optional<Candidate> asked, Candidates candidates) {
    String found =
        asked
            .map(c -> c.node() + " can't lead: " + words(c))
            .orElseGet(
                () ->
                    "no follower can lead: "
                        + candidates.ranked().stream()
                            .map(c -> c.node() + " (" + words(c) + ")")
                            .collect(Collectors.joining(", ")));
    return Refusal.of(
        Refusal.Code.E_CANDIDATE_01, found + ".", "replctl candidates " + cluster.name());
  }

  private static String words(Candidate candidate) {
    return candidate.against().stream().map(Check::words).collect(Collectors.joining("; "));
  }

  private Plan plan(Site site, String op, NodeName from, NodeName to) {
    Succession succession = engine.succession();
    LeaderChange change = new LeaderChange("switchover", from, to, PLANNED);
    List<NodeName> others = followers(site, from, to);
    Step handOver =
        new Step(
            "hand-over",
            "close " + from + ", let " + to + " apply the last of it, open " + to,
            Place.on(to),
            succession.handover(site, from, to, others),
            Optional.empty(),
            PREPARE,
            Step.OnFailure.STOP);
    List<NodeName> followers = new ArrayList<>(others);
    followers.add(from);
    List<Lane> following = new ArrayList<>();
    for (NodeName follower : others) {
      if (!isStopped(site, follower)) {
        following.add(owed(succession.repoint(site, follower, to)));
      }
    }
    following.add(owed(succession.comeBack(site, from, to)));
    following.addAll(Redirecting.lanes(engine, site, change));
    Carried carried = Carried.of(engine, site, to, Optional.empty());
    List<NodeName> receiving =
        followers.stream().filter(n -> site.seen(n).contact().answered()).toList();
    LeaderRecord leads =
        Records.of(site.cluster(), site.seen(), to, carried.wanted(), Map.of(from, "handed-over"));
    List<Lane> before = new ArrayList<>(succession.prepare(site, from, to, followers));
    carried.set().ifPresent(step -> before.add(Lane.of(step)));
    following.add(owed(List.of(Records.step(leads))));
    List<Lane> last =
        new ArrayList<>(
            succession.finish(site, from, to, followers).stream()
                .map(l -> owed(l.steps()))
                .toList());
    for (NodeName staying : staying(site, from, to)) {
      last.add(owed(succession.repoint(site, staying, from)));
    }
    Hooking.after(site, change).ifPresent(step -> last.add(Lane.of(step)));
    return new Plan(
        op,
        "switchover",
        site.cluster().name(),
        Bases.of(site.seen()),
        Stream.of(
                succession.warnings(site, from, to),
                silent(site, from, to),
                stopped(site, others),
                carried.warnings(to, receiving))
            .flatMap(List::stream)
            .toList(),
        List.of(
            Phase.inOrder(to + " may lead", ask(site, change)),
            new Phase("prepare, while writes go on", before),
            Phase.inOrder(
                "hand over: writes stop at " + from + ", go on at " + to, List.of(handOver)),
            new Phase("follow " + to, following),
            new Phase("tidy up", last)));
  }

  /** A veto comes before everything else: nothing is changed then. */
  private static List<Step> ask(Site site, LeaderChange change) {
    return Hooking.before(
            site,
            change,
            Optional.of(Refusal.Code.E_HOOK_01),
            List.of("the same again, when it says yes"))
        .stream()
        .toList();
  }

  /** Once the new leader is open, nothing that fails takes it back: it is owed. */
  private static Lane owed(List<Step> steps) {
    return new Lane(steps.stream().map(Step::owed).toList());
  }

  /** Every other node that follows one of the two; one that cascades stays with its upstream. */
  private static List<NodeName> followers(Site site, NodeName from, NodeName to) {
    return site.seen().nodes().stream()
        .map(NodeView::name)
        .filter(n -> !n.equals(from) && !n.equals(to))
        .filter(n -> !Cascade.stays(site, n, from))
        .filter(n -> upstream(site, n).map(u -> u.equals(from) || u.equals(to)).orElse(true))
        .toList();
  }

  private static Optional<NodeName> upstream(Site site, NodeName node) {
    return site.seen(node)
        .server()
        .flatMap(Server::upstream)
        .or(() -> site.declared(node).cascadeFrom());
  }

  /**
   * Those that receive from the old leader as before, once it follows; it is looked whether they
   * do.
   */
  private static List<NodeName> staying(Site site, NodeName from, NodeName to) {
    return site.seen().nodes().stream()
        .map(NodeView::name)
        .filter(n -> !n.equals(from) && !n.equals(to))
        .filter(n -> Cascade.stays(site, n, from) && !isStopped(site, n))
        .toList();
  }

  private static boolean isStopped(Site site, NodeName node) {
    return site.seen(node).contact().answered() && site.seen(node).presence() == Presence.STOPPED;
  }

  /** A server that is seen to be stopped can't be told to follow, and nobody waits for it. */
  private static List<String> stopped(Site site, List<NodeName> others) {
    return others.stream()
        .filter(n -> isStopped(site, n))
        .map(n -> n + "'s server is stopped, and stays so; to bring it back: replctl rejoin " + n)
        .toList();
  }

  private static List<String> silent(Site site, NodeName from, NodeName to) {
    return site.seen().nodes().stream()
        .filter(n -> !n.name().equals(from) && !n.name().equals(to))
        .filter(n -> !n.contact().answered())
        .map(
            n ->
                n.name()
                    + " does not answer ("
                    + n.contact().words()
                    + "): unless it does by then, it is owed that it follows "
                    + to)
        .toList();
  }
}
