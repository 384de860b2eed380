package replctl.playbooks.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.snapshot.HostFact;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Trouble;
import replctl.playbooks.world.Value;
import replctl.playbooks.world.World;

/** Looks at every node of a cluster at the same time, and changes nothing. */
public final class Observer {
  /** A host that keeps its deadline is heard out: its own words say more than that it was late. */
  private static final Duration GRACE = Duration.ofMillis(300);

  /** How long a server may take to answer on its own host before it is called hung. */
  private static final Duration SERVER_LIMIT = Duration.ofMillis(2500);

  private Observer() {}

  /**
   * One look. What a host or a network does is in the snapshot, never thrown.
   *
   * @param perNode how long each node may take; all of them together take no longer
   */
  public static Snapshot look(World world, Engine engine, Cluster cluster, Duration perNode) {
    Instant at = world.clock().now();
    Deadline by = world.clock().in(perNode);
    List<NodeName> names = cluster.nodes().stream().map(Node::name).toList();
    Map<NodeName, Optional<Answer>> heard =
        world
            .fanout()
            .each(
                names,
                name -> ask(world, engine, cluster, name, perNode, by),
                world.clock().in(perNode.plus(GRACE)));
    Map<NodeName, Answer> answers = new LinkedHashMap<>();
    for (NodeName name : names) {
      answers.put(
          name,
          heard
              .getOrDefault(name, Optional.empty())
              .orElseGet(
                  () -> Answer.unknown(Trouble.OVERDUE, "in " + perNode.toMillis() + " ms")));
    }
    return engine.survey().read(cluster, at, answers);
  }

  private static Answer ask(
      World world, Engine engine, Cluster cluster, NodeName name, Duration perNode, Deadline by) {
    Node node = cluster.node(name).orElseThrow();
    Duration most = perNode.multipliedBy(3).dividedBy(5);
    Duration limit = most.compareTo(SERVER_LIMIT) < 0 ? most : SERVER_LIMIT;
    ScriptCall call =
        engine
            .survey()
            .question(cluster, node)
            .with("limit", Value.of(Double.toString(limit.toMillis() / 1000.0)));
    long asked = world.clock().now().toEpochMilli();
    Answer answer = world.hosts().run(Place.on(name), call, by);
    long answered = world.clock().now().toEpochMilli();
    if (!(answer instanceof Answer.Done done)) {
      return answer;
    }
    Facts times =
        Facts.of(
            Map.of(
                HostFact.ASKED, Long.toString(asked), HostFact.ANSWERED, Long.toString(answered)));
    return new Answer.Done(done.facts().and(times));
  }
}
