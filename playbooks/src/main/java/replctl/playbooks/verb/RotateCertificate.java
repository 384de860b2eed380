package replctl.playbooks.verb;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Certificates;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.NewAuthority;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.engine.SetupPremises;
import replctl.playbooks.engine.Site;
import replctl.playbooks.engine.StepMaker;
import replctl.playbooks.epoch.Electorates;
import replctl.playbooks.plan.Lane;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Snapshot;

/**
 * Renews the certificates that the cluster's own authority has signed, or the authority too. Pure.
 */
public final class RotateCertificate {
  /** As typed, and as written in plans. */
  public static final String VERB = "rotate certificate";

  private final Engine engine;

  public RotateCertificate(Engine engine) {
    this.engine = engine;
  }

  /**
   * Decides.
   *
   * @param seen with what setting up wants to know
   * @param op the name of the operation, should there be one
   * @param named whose certificates; empty: everybody's
   * @param authority another authority, too
   */
  public Decision decide(
      Cluster cluster, Snapshot seen, String op, List<NodeName> named, boolean authority) {
    List<NodeName> all =
        named.isEmpty() ? cluster.nodes().stream().map(Node::name).toList() : named;
    List<NodeName> own = all.stream().filter(n -> ownOf(cluster, n)).toList();
    List<NodeName> nodes = all.stream().filter(n -> !own.contains(n)).toList();
    Optional<Refusal> ofOwn =
        own.stream().findFirst().flatMap(n -> own(n, nodes, authority, !named.isEmpty()));
    RotateRules rules = new RotateRules(cluster, seen);
    Optional<Refusal> no =
        ofOwn
            .or(rules::leaderless)
            .or(() -> rules.certificates(nodes, authority || !named.isEmpty()));
    if (no.isPresent()) {
      return Decision.of(no.get());
    }
    Site site = new Site(cluster, seen);
    NodeName leader = seen.leader().orElseThrow().name();
    SetupGoal goal =
        new SetupGoal(site, leader, nodes, new SetupGoal.Policy(false, true, false, false));
    SetupPremises premises = new SetupPremises(goal);
    Optional<Refusal> lacks =
        nodes.stream()
            .flatMap(premises::openssl)
            .findFirst()
            .or(
                () ->
                    nodes.stream()
                        .filter(n -> end(site, n).isEmpty())
                        .findFirst()
                        .map(n -> none(n)));
    if (lacks.isPresent()) {
      return Decision.of(lacks.get());
    }
    StepMaker scripts = engine.rotation().scripts(site, leader);
    List<Phase> phases =
        authority ? new NewAuthority(goal, scripts, op).phases() : renewed(goal, scripts);
    Plan plan =
        new Plan(
            op,
            VERB,
            cluster.name(),
            Bases.of(seen),
            warnings(site, nodes, own, authority),
            phases);
    return Voted.paying(engine, plan, site, Electorates.Wish.USUAL);
  }

  private static List<Phase> renewed(SetupGoal goal, StepMaker scripts) {
    List<Lane> lanes = new ArrayList<>();
    for (NodeName node : goal.nodes()) {
      List<Step> steps = Certificates.steps(goal, node, scripts);
      lanes.add(new Lane(steps));
    }
    return List.of(
        Phase.inOrder("the cluster's authority is at hand", Certificates.authority(goal)),
        new Phase("each server shows a new certificate", lanes));
  }

  private static boolean ownOf(Cluster cluster, NodeName node) {
    return cluster.node(node).flatMap(n -> n.database().tls()).isPresent();
  }

  /** What the operator has signed elsewhere is not replctl's to renew. */
  private static Optional<Refusal> own(
      NodeName node, List<NodeName> others, boolean authority, boolean named) {
    return others.isEmpty() || authority || named
        ? Optional.of(
            Refusal.of(
                Refusal.Code.E_STATE_01,
                node
                    + "'s certificate is one of your own (database.tls), not of the cluster's own"
                    + " authority.",
                "put the new files in the place of the old ones, then: replctl init"
                    + " --renew-certificates"))
        : Optional.empty();
  }

  private static Refusal none(NodeName node) {
    return Refusal.of(
        Refusal.Code.E_STATE_01,
        node + " has no certificate of replctl's to renew.",
        "replctl init");
  }

  private static Optional<Instant> end(Site site, NodeName node) {
    return site.facts(node).number("own.end_ms").stream()
        .mapToObj(Instant::ofEpochMilli)
        .findFirst();
  }

  private static List<String> warnings(
      Site site, List<NodeName> nodes, List<NodeName> own, boolean authority) {
    List<String> words = new ArrayList<>();
    for (NodeName node : nodes) {
      end(site, node)
          .ifPresent(end -> words.add(node + "'s ends on " + end.toString().substring(0, 10)));
    }
    own.forEach(
        n ->
            words.add(
                n
                    + "'s is one of your own (database.tls), and is left alone: put the next in its"
                    + " place, then: replctl init --renew-certificates"));
    if (authority) {
      words.add(
          "clients that verify the servers by the old authority do not let themselves in once the"
              + " servers show new certificates: give them replctl-secrets/"
              + site.cluster().name()
              + "/ca.crt, which has both while the operation runs, and then the new one alone");
    }
    return words;
  }
}
