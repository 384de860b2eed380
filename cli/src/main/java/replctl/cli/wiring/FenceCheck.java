package replctl.cli.wiring;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.inventory.FenceDevice;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.fence.Drills;
import replctl.playbooks.fence.Knock;
import replctl.playbooks.fence.Verification;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Closing;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Power;
import replctl.playbooks.world.PowerDevice;

/**
 * What was found of fence devices without switching any.
 *
 * @param nodes those that were asked for
 * @param found of each device of theirs
 */
public record FenceCheck(
    Cluster cluster, Instant at, List<Node> nodes, Drills drills, List<Verification> found) {
  /** An agent whose device does not answer gives up by itself after 20 s. */
  private static final Duration DEVICE = Duration.ofSeconds(25);

  public FenceCheck {
    nodes = List.copyOf(nodes);
    found = List.copyOf(found);
  }

  /**
   * Asks hosts and devices; switches nothing.
   *
   * @param asked nodes; none: all
   */
  public static FenceCheck of(Session session, List<NodeName> asked, Duration perNode) {
    Cluster cluster = session.cluster();
    List<Node> nodes =
        cluster.nodes().stream().filter(n -> asked.isEmpty() || asked.contains(n.name())).toList();
    Snapshot seen = session.look(perNode);
    Map<PowerDevice, FenceDevice> declared = new LinkedHashMap<>();
    nodes.forEach(
        node -> Verification.devices(node).forEach(e -> declared.put(e.getKey(), e.getValue())));
    Deadline by = session.world().clock().in(DEVICE);
    Map<PowerDevice, Optional<Answer>> answers =
        session
            .world()
            .fanout()
            .each(
                declared.keySet(),
                device -> session.world().power().ask(device, Power.Wish.STATUS, by),
                by);
    List<Verification> found = new ArrayList<>();
    declared.forEach(
        (device, what) ->
            found.add(
                Verification.of(
                    device,
                    what,
                    answers.getOrDefault(device, Optional.empty()).orElse(Knock.SILENT),
                    answers(seen, device.node()))));
    return new FenceCheck(cluster, seen.at(), nodes, Closing.drills(seen), found);
  }

  private static boolean answers(Snapshot seen, NodeName node) {
    return seen.node(node).contact().answered() || seen.node(node).server().isPresent();
  }
}
