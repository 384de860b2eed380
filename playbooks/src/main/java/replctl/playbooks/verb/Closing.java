package replctl.playbooks.verb;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import replctl.inventory.Fencing;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.Site;
import replctl.playbooks.fence.Devices;
import replctl.playbooks.fence.Drills;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Place;

/** The step that closes a node and proves it, for every verb that needs one. */
public final class Closing {
  /**
   * Switching off takes 0.3 to 2.3 s; an agent whose device does not answer gives up by itself
   * after 20 to 34 s.
   */
  static final Duration POWER = Duration.ofSeconds(40);

  /** Lock, start block, fast stop, immediate stop, systemctl stop, KILL. */
  private static final Duration STOP = Duration.ofSeconds(45);

  /** Looking, asking again, connecting. */
  private static final Duration REST = Duration.ofSeconds(30);

  /** More ways than these would only ask a host that is down more often. */
  private static final int MOST_WAYS = 5;

  private Closing() {}

  /**
   * The step.
   *
   * @param accept which proofs are enough: the cluster's, unless the operator asks for a stronger
   *     one
   * @param confirmed who has typed that the node is off, and where; empty: nobody
   */
  public static Step step(
      Engine engine,
      Site site,
      NodeName name,
      Set<Fencing.Strength> accept,
      Optional<String> confirmed) {
    Node node = site.declared(name);
    Duration power = Devices.limit(node, POWER);
    long devices = node.fence().stream().mapToLong(level -> level.devices().size()).sum();
    Action.Fence fence =
        new Action.Fence(
            name,
            engine.fencing().look(site, name),
            engine.fencing().stop(site, name),
            others(site, name),
            Devices.of(node),
            accept,
            engine.survey().live(),
            drills(site.seen()).passed(node, site.seen().at()),
            confirmed,
            site.cluster().fencing().sshPatience(),
            STOP,
            power);
    return new Step(
        "fence-" + name,
        "close " + name + ", and prove it",
        Place.on(name),
        fence,
        Optional.empty(),
        STOP.plus(REST).plus(power.multipliedBy(devices + 1)),
        Step.OnFailure.STOP);
  }

  /** What the hosts that answered remember of drills. */
  public static Drills drills(Snapshot seen) {
    return Drills.of(
        seen.nodes().stream()
            .flatMap(n -> n.server().stream())
            .flatMap((Server s) -> s.facts().text(Drills.FACT).stream())
            .toList());
  }

  /** Other hosts, those that answered first: a way to the node, and witnesses of its power. */
  static List<NodeName> others(Site site, NodeName name) {
    List<NodeName> others = new ArrayList<>();
    site.seen().nodes().stream()
        .filter(n -> !n.name().equals(name) && n.contact().answered())
        .map(NodeView::name)
        .filter(n -> site.declared(n).connection() == Node.Connection.SSH)
        .limit(MOST_WAYS)
        .forEach(others::add);
    return others;
  }
}
