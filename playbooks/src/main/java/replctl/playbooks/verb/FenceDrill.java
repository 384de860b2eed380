package replctl.playbooks.verb;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.Site;
import replctl.playbooks.epoch.Electorates;
import replctl.playbooks.fence.Devices;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Script;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Value;

/**
 * Tries a follower's fence devices on the follower. Refused where that would stop writes. Pure:
 * what was seen in, a plan or a refusal out.
 */
public final class FenceDrill {
  private static final Script RECORD = new Script("fence", "drill");
  private static final String STATE = "state_directory";

  private final Engine engine;

  public FenceDrill(Engine engine) {
    this.engine = engine;
  }

  /** Decides. */
  public Decision decide(Cluster cluster, Snapshot seen, String op, NodeName name) {
    Site site = new Site(cluster, seen);
    Optional<Refusal> objection = objection(site, name);
    if (objection.isPresent()) {
      return Decision.of(objection.get());
    }
    Node node = site.declared(name);
    NodeName upstream =
        seen.node(name)
            .server()
            .flatMap(Server::upstream)
            .orElseGet(() -> seen.leader().orElseThrow().name());
    List<String> warnings = new ArrayList<>();
    warnings.add(name + " has no power for a while: whoever reads there is cut off");
    seen.nodes().stream()
        .filter(n -> n.server().flatMap(Server::upstream).equals(Optional.of(name)))
        .forEach(n -> warnings.add(n.name() + " receives from " + name + ", and falls behind"));
    List<Step> back = new ArrayList<>(engine.fencing().back(site, name));
    back.addAll(engine.succession().repoint(site, name, upstream));
    return Voted.of(
        new Plan(
            op,
            "fence drill " + name,
            cluster.name(),
            Bases.of(seen),
            warnings,
            List.of(
                Phase.inOrder("switch " + name + " off and on", List.of(drill(site, node))),
                Phase.inOrder(name + " follows " + upstream + " again", back))),
        site,
        Electorates.Wish.USUAL);
  }

  private Step drill(Site site, Node node) {
    Duration limit = Devices.limit(node, Closing.POWER);
    Map<NodeName, ScriptCall> records = new TreeMap<>();
    for (NodeView other : site.seen().nodes()) {
      other
          .server()
          .filter(server -> other.contact().answered())
          .flatMap(server -> server.facts().text(STATE))
          .ifPresent(state -> records.put(other.name(), record(node, state)));
    }
    int levels = node.fence().size();
    return new Step(
        "drill-" + node.name(),
        "switch " + node.name() + " off and on by its fence device, and see who goes",
        Place.on(node.name()),
        new Action.Drill(
            node.name(),
            Devices.of(node),
            Closing.others(site, node.name()),
            engine.survey().live(),
            records,
            limit,
            Unfence.BOOT),
        Optional.empty(),
        limit.multipliedBy(4L * levels).plus(Unfence.BOOT.multipliedBy(levels + 1L)),
        Step.OnFailure.STOP);
  }

  private static ScriptCall record(Node node, String state) {
    return ScriptCall.perform(
        RECORD,
        Map.of(
            STATE,
            Value.of(state),
            "node",
            Value.of(node.name().value()),
            "devices",
            Value.of(Devices.fingerprint(node))));
  }

  private static Optional<Refusal> objection(Site site, NodeName name) {
    Snapshot seen = site.seen();
    if (site.declared(name).fence().isEmpty()) {
      return no(name + " has no fence device in the inventory.", "replctl inventory show");
    }
    if (seen.writable().size() > 1) {
      return Optional.of(
          Refusal.of(Refusal.Code.E_SPLIT_01, "two writable servers.", "replctl status"));
    }
    if (seen.node(name).writable()) {
      return no(
          name + " leads: a drill would stop writes.",
          "replctl switchover, then: replctl fence drill " + name);
    }
    if (seen.leader().isEmpty()) {
      return no("no node is seen to take writes.", "replctl status");
    }
    boolean well =
        seen.node(name).contact().answered()
            && seen.node(name).role() == Role.FOLLOWER
            && seen.node(name).server().flatMap(Server::streaming).orElse(false);
    if (!well) {
      return no(
          name + " is not a follower that streams: what a drill changes could not be told.",
          "replctl status");
    }
    return Acknowledging.left(seen, name)
        .filter(Acknowledging::waits)
        .flatMap(
            left -> no("a drill would stop writes: " + left.words(name) + ".", "replctl status"));
  }

  private static Optional<Refusal> no(String found, String next) {
    return Optional.of(Refusal.of(Refusal.Code.E_STATE_01, found, next));
  }
}
