package replctl.playbooks.verb;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.inventory.Redirect;
import replctl.playbooks.engine.Gateways;
import replctl.playbooks.engine.Site;
import replctl.playbooks.fence.Devices;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Value;

/** Steps that lead clients to a new leader by what replctl itself knows how to tell. */
final class Leading {
  /** What a gateway may take: a few commands. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static final String STATE = "state_directory";

  private final Site site;
  private final LeaderChange change;

  Leading(Site site, LeaderChange change) {
    this.site = site;
    this.change = change;
  }

  /**
   * One address on one host at a time.
   *
   * @param name the step's
   */
  Step address(String name, Redirect.Vip vip) {
    Map<NodeName, ScriptCall> drops = new TreeMap<>();
    for (Node node : site.cluster().nodes()) {
      if (!node.name().equals(change.to())) {
        drops.put(node.name(), onNode(node.name(), Gateways.address(vip, "drop")));
      }
    }
    Node from = site.declared(change.from());
    Duration limit = Devices.limit(from, Closing.POWER);
    return step(
        name,
        "move " + vip.label() + " to " + change.to(),
        Place.on(change.to()),
        new Action.Address(
            change.from(),
            change.to(),
            vip.address() + "/" + vip.prefix(),
            drops,
            onNode(change.to(), Gateways.address(vip, "hold")),
            Devices.of(from),
            limit),
        LIMIT.plus(limit));
  }

  Step haproxy(String name, Redirect.Haproxy haproxy, int number) {
    return run(
        name,
        "have " + haproxy.label() + " send clients to " + change.to(),
        Gateways.place(haproxy, number),
        Gateways.haproxy(
            haproxy,
            "lead",
            change.to(),
            site.cluster().nodes().stream()
                .map(Node::name)
                .filter(n -> !n.equals(change.to()))
                .collect(Collectors.toList())));
  }

  Step pooler(String name, Redirect.Pgbouncer pooler, int number) {
    return run(
        name,
        "have " + pooler.label() + " lead to " + change.to(),
        Gateways.place(pooler, number),
        Gateways.pooler(site.cluster(), pooler, number, "lead", change.to()));
  }

  private Step run(String name, String title, Place on, ScriptCall call) {
    ScriptCall whole = call;
    if (on instanceof Place.Host host) {
      whole = onNode(host.node(), call);
    } else if (on instanceof Place.Gateway) {
      whole =
          call.with("gateway", Value.of("yes"))
              .with("cluster_name", Value.of(site.cluster().name().value()))
              .with("node_name", Value.of(on.label()))
              .with("whose", Value.of(identity().orElse("")));
    }
    return step(name, title, on, new Action.Run(whole), LIMIT);
  }

  private static Step step(String name, String title, Place on, Action action, Duration limit) {
    return new Step(name, title, on, action, Optional.empty(), limit, Step.OnFailure.OWE);
  }

  private ScriptCall onNode(NodeName node, ScriptCall call) {
    return site.declared(node)
        .layout()
        .stateDirectory()
        .or(() -> site.facts(node).text(STATE))
        .map(state -> call.with(STATE, Value.of(state)))
        .orElse(call)
        .with("cluster_name", Value.of(site.cluster().name().value()))
        .with("node_name", Value.of(node.value()));
  }

  /** Whose data it is: a cluster that is set up anew, under an old name, has another. */
  private Optional<String> identity() {
    return site.seen().nodes().stream()
        .map(NodeView::server)
        .flatMap(Optional::stream)
        .map(Server::identity)
        .flatMap(Optional::stream)
        .findFirst();
  }
}
