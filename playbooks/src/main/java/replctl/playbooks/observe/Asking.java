package replctl.playbooks.observe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import replctl.inventory.Cluster;
import replctl.inventory.Database;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.inventory.Witness;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.Heard;
import replctl.playbooks.snapshot.HostFact;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Script;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Trouble;
import replctl.playbooks.world.Value;
import replctl.playbooks.world.World;

/** Asks hosts by the engine's survey and servers over their own protocol, all at the same time. */
record Asking(World world, Engine engine, Cluster cluster) {
  /** A host that keeps its deadline is heard out: its own words say more than that it was late. */
  private static final Duration GRACE = Duration.ofMillis(300);

  /** One question: to a node's host, or to its server. */
  record Part(NodeName node, boolean server) {
    /** By hand: a record's own is put together at run time, and costs each start milliseconds. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Part that && that.server == server && that.node.equals(node);
    }

    @Override
    public int hashCode() {
      return node.hashCode() * 2 + (server ? 1 : 0);
    }
  }

  /** Every node, in the order of the inventory. */
  List<NodeName> names() {
    return cluster.nodes().stream().map(Node::name).toList();
  }

  /** The same, and the witnesses. */
  List<NodeName> all() {
    return Stream.concat(names().stream(), cluster.witnesses().stream().map(Witness::name))
        .toList();
  }

  /**
   * Asks hosts; beside them, servers that are reached straight: their word counts where the host
   * gives none. Through SSH the host's survey asks the server anyhow.
   *
   * @param told what the servers answered, those of them that were waited for
   */
  Map<NodeName, Heard> hosts(
      Collection<NodeName> nodes, Duration perNode, Map<NodeName, Answer> told) {
    return hosts(nodes, perNode, told, 0);
  }

  /**
   * The same.
   *
   * @param spared how many hosts need not be waited for when all others have answered
   */
  Map<NodeName, Heard> hosts(
      Collection<NodeName> nodes, Duration perNode, Map<NodeName, Answer> told, int spared) {
    List<NodeName> straight =
        nodes.stream().filter(n -> isStraight(n) && !told.containsKey(n)).toList();
    Map<Part, Answer> answers = ask(nodes, straight, perNode, perNode, spared);
    Map<NodeName, Heard> heard = new LinkedHashMap<>();
    for (NodeName name : nodes) {
      Optional.ofNullable(answers.get(new Part(name, true))).ifPresent(a -> told.put(name, a));
      heard.put(
          name,
          new Heard(
              answers.get(new Part(name, false)),
              Optional.ofNullable(told.get(name)).filter(a -> a.isDone() || isStraight(name))));
    }
    return heard;
  }

  /** Asks both, and waits for every host. */
  Map<Part, Answer> ask(
      Collection<NodeName> hosts,
      Collection<NodeName> servers,
      Duration perHost,
      Duration perServer) {
    return ask(hosts, servers, perHost, perServer, 0);
  }

  /**
   * Asks both. A host that is late has an answer all the same, which says so; a server that need
   * not be waited for has none.
   *
   * @param perServer how long a server may take
   * @param spared how many hosts need not be waited for when all others have answered
   */
  private Map<Part, Answer> ask(
      Collection<NodeName> hosts,
      Collection<NodeName> servers,
      Duration perHost,
      Duration perServer,
      int spared) {
    List<Part> parts = new ArrayList<>();
    hosts.forEach(n -> parts.add(new Part(n, false)));
    servers.forEach(n -> parts.add(new Part(n, true)));
    Duration longest = hosts.isEmpty() || perHost.compareTo(perServer) < 0 ? perServer : perHost;
    Map<Part, Optional<Answer>> heard =
        world
            .fanout()
            .until(
                there -> isEnough(parts, there, spared),
                parts,
                part -> part.server() ? server(part.node(), perServer) : host(part.node(), perHost),
                world.clock().in(longest.plus(GRACE)));
    Set<NodeName> answered =
        parts.stream()
            .filter(p -> !p.server() && isDone(heard.getOrDefault(p, Optional.empty())))
            .map(Part::node)
            .collect(Collectors.toSet());
    Map<Part, Answer> answers = new LinkedHashMap<>();
    for (Part part : parts) {
      Optional<Answer> answer = heard.getOrDefault(part, Optional.empty());
      if (answer.isPresent() || !part.server() || !answered.contains(part.node())) {
        Duration limit = part.server() ? perServer : perHost;
        answers.put(
            part,
            answer.orElseGet(
                () -> Answer.unknown(Trouble.OVERDUE, "in " + limit.toMillis() + " ms")));
      }
    }
    return answers;
  }

  private static boolean isDone(Optional<Answer> answer) {
    return answer.filter(Answer::isDone).isPresent();
  }

  /** A server need not be waited for where its host has told all of it, or is not waited for. */
  private static boolean isEnough(List<Part> parts, Map<Part, Answer> there, int spared) {
    Set<NodeName> silent =
        parts.stream()
            .filter(part -> !part.server() && !there.containsKey(part))
            .map(Part::node)
            .collect(Collectors.toSet());
    return silent.size() <= spared
        && parts.stream()
            .filter(part -> part.server() && !there.containsKey(part))
            .allMatch(
                part ->
                    silent.contains(part.node())
                        || isDone(Optional.ofNullable(there.get(new Part(part.node(), false)))));
  }

  private boolean isStraight(NodeName node) {
    return cluster
        .node(node)
        .filter(n -> n.database().access() == Database.Access.DIRECT)
        .isPresent();
  }

  /** Where a node or a witness is asked. */
  Place place(NodeName name) {
    return cluster.node(name).isPresent() ? Place.on(name) : new Place.Witness(name);
  }

  private Node declared(NodeName name) {
    return cluster.node(name).orElseThrow();
  }

  private Answer server(NodeName name, Duration limit) {
    return world.sql().read(name, engine.survey().live(), world.clock().in(limit));
  }

  /** A witness has no server to be surveyed: it is asked for its epoch file alone. */
  private Answer witness(NodeName name, Duration perNode) {
    Map<String, Value> values =
        Map.of(
            "cluster_name", Value.of(cluster.name().value()), "node_name", Value.of(name.value()));
    ScriptCall call = ScriptCall.probe(new Script("voter", "state"), values);
    return world.hosts().run(new Place.Witness(name), call, world.clock().in(perNode));
  }

  private Answer host(NodeName name, Duration perNode) {
    if (cluster.node(name).isEmpty()) {
      return witness(name, perNode);
    }
    // A server is called hung after half of the time: its host can still say so in the other half.
    Duration limit = perNode.dividedBy(2);
    ScriptCall call =
        engine
            .survey()
            .question(cluster, declared(name))
            .with("limit", Value.of(Double.toString(limit.toMillis() / 1000.0)));
    long asked = world.clock().now().toEpochMilli();
    Answer answer = world.hosts().run(Place.on(name), call, world.clock().in(perNode));
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
