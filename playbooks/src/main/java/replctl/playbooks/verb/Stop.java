package replctl.playbooks.verb;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.playbooks.decide.candidate.Candidates;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.Site;
import replctl.playbooks.epoch.Electorates;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;

/** Stops a follower's server, for work on its host. It stays a member, and votes. Pure. */
public final class Stop {
  private final Engine engine;

  public Stop(Engine engine) {
    this.engine = engine;
  }

  /**
   * Decides.
   *
   * @param op the name of the operation, should there be one
   * @param letWritesWait also where too few are left to acknowledge writes
   */
  public Decision decide(
      Cluster cluster, Snapshot seen, String op, NodeName node, boolean letWritesWait) {
    NodeView view = seen.node(node);
    Optional<Refusal> no =
        leads(cluster, view)
            .or(() -> new RestartRules(cluster, seen).leaderless())
            .or(() -> unseen(cluster, view));
    if (no.isPresent()) {
      return Decision.of(no.get());
    }
    if (view.presence() == Presence.STOPPED) {
      return Decision.of(plan(cluster, seen, op, List.of(), List.of()));
    }
    if (view.presence() != Presence.RUNNING) {
      return Decision.of(
          Refusal.of(
              Refusal.Code.E_STATE_01,
              node + "'s server is " + view.presence().name().toLowerCase(Locale.ROOT) + ".",
              "replctl status " + cluster.name(),
              "if it is to be closed by force: replctl fence " + node));
    }
    Optional<Acknowledging> left = Acknowledging.left(seen, node).filter(Acknowledging::waits);
    if (left.isPresent() && !letWritesWait) {
      return Decision.of(
          Refusal.of(
              Refusal.Code.E_STATE_01,
              left.get().words(node) + ".",
              "let writes wait for fewer first: replctl sync --acks " + left.get().left(),
              "let them wait: replctl stop " + node + " --let-writes-wait"));
    }
    NodeName leader = seen.leader().orElseThrow().name();
    Site site = new Site(cluster, seen);
    return Voted.paying(
        engine,
        plan(
            cluster,
            seen,
            op,
            warnings(site, leader, node, left),
            List.of(
                Phase.inOrder(
                    node + " stands still", List.of(engine.upkeep().stop(site, leader, node))))),
        site,
        Electorates.Wish.USUAL);
  }

  private static Plan plan(
      Cluster cluster, Snapshot seen, String op, List<String> warnings, List<Phase> phases) {
    return new Plan(op, "stop", cluster.name(), Bases.of(seen), warnings, phases);
  }

  private static Optional<Refusal> leads(Cluster cluster, NodeView view) {
    return view.writable()
        ? Optional.of(
            Refusal.of(
                Refusal.Code.E_STATE_01,
                view.name() + " leads: without it no write is taken.",
                "replctl switchover " + cluster.name() + ", then: replctl stop " + view.name()))
        : Optional.empty();
  }

  private static Optional<Refusal> unseen(Cluster cluster, NodeView view) {
    return view.contact().answered()
        ? Optional.empty()
        : Optional.of(
            Refusal.of(
                Refusal.Code.E_REACH_01,
                view.name() + " does not answer: " + view.contact().words() + ".",
                "replctl status " + cluster.name()));
  }

  private List<String> warnings(
      Site site, NodeName leader, NodeName node, Optional<Acknowledging> left) {
    List<String> words = new ArrayList<>();
    left.ifPresent(l -> words.add(l.words(node)));
    NodeName from = site.seen(node).server().flatMap(Server::upstream).orElse(leader);
    words.addAll(engine.upkeep().whileStopped(node, from));
    site.seen().nodes().stream()
        .filter(n -> n.server().flatMap(Server::upstream).equals(Optional.of(node)))
        .forEach(n -> words.add(n.name() + " receives from " + node + ", and gets nothing more"));
    boolean another =
        Candidates.of(site.cluster(), site.seen()).ranked().stream()
            .anyMatch(c -> c.eligible() && !c.node().equals(node));
    if (!another) {
      words.add("nobody could take over from " + leader + " meanwhile");
    }
    words.add("it is started when its host boots, and by: replctl start " + node);
    return words;
  }
}
