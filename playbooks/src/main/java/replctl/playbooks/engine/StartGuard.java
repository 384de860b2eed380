package replctl.playbooks.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Step;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Script;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Value;

/**
 * What keeps a leader that comes back from being writable by itself: a guard before its server's
 * start, or beside a server that starts closed, which asks every voter, and the other nodes'
 * servers. Here is how it gets there; what it decides is in its own text (script/guard/start).
 */
public final class StartGuard {
  private static final Duration QUICK = Duration.ofSeconds(30);
  private final SetupGoal goal;
  private final GuardPeers peers;
  private final GuardUnit unit;

  /**
   * The guards of a cluster.
   *
   * @param seat where a node's server lies
   */
  public StartGuard(SetupGoal goal, Function<NodeName, Seat> seat) {
    this.goal = goal;
    this.peers = new GuardPeers(goal, seat);
    this.unit = new GuardUnit(peers);
  }

  /**
   * Where a node's server lies, as its guard must know it.
   *
   * @param engine the engine's word: the guard has functions of that name, and a drop-in
   * @param places data, bin, socket, port...: whatever the engine's part of the guard needs
   * @param service the systemd unit without {@code .service}; empty: nothing starts it at a boot
   * @param state the folder of replctl's files on that node
   */
  public record Seat(String engine, Map<String, String> places, String service, String state) {}

  /** What a witness is asked, for guards to be able to ask it. Changes nothing there. */
  public static ScriptCall question(Cluster cluster, NodeName witness) {
    return asked(cluster, witness, "premises").with("guard", Value.of("yes"));
  }

  /**
   * What a node's host is asked as whoever logs in there, for peers' guards to be able to ask it:
   * where its server's user can't log in, by the answer to {@link Setup#question}. Changes nothing.
   */
  public static Optional<ScriptCall> loginQuestion(Cluster cluster, NodeName node, Facts answered) {
    return answered.text(GuardPeers.NO_LOGIN).map(why -> asked(cluster, node, "login"));
  }

  private static ScriptCall asked(Cluster cluster, NodeName host, String script) {
    Value name = Value.of(cluster.name().value());
    Value node = Value.of(host.value());
    return ScriptCall.probe(
        new Script("guard", script),
        Map.of("cluster_name", name, "node_name", node, "cluster", name, "node", node));
  }

  /** Nodes that have a guard, and witnesses that answer it: those that take part now. */
  public List<NodeName> hosts() {
    return peers.hosts();
  }

  /** Why it can't be put there. */
  public List<Refusal> objections() {
    return unit.objections();
  }

  /** What the operator should know of. */
  public List<String> warnings() {
    if (peers.nodes().isEmpty()) {
      return List.of();
    }
    List<String> warnings = new ArrayList<>(unit.warnings());
    warnings.addAll(peers.warnings());
    return warnings;
  }

  /** What differs on a host, for people. */
  public List<Drift> drift(NodeName host) {
    if (!peers.hosts().contains(host)) {
      return List.of();
    }
    List<Drift> all = new ArrayList<>(peers.drift(host));
    all.addAll(unit.drift(host));
    return all;
  }

  /** The same of the witnesses. */
  public Map<NodeName, List<Drift>> onWitnesses() {
    Map<NodeName, List<Drift>> drift = new TreeMap<>();
    peers.hosts().stream().filter(peers::isWitness).forEach(w -> drift.put(w, drift(w)));
    return drift;
  }

  /** A key, where the node has none. */
  public List<Step> key(NodeName node) {
    return peers.nodes().contains(node) && !peers.hasKey(node)
        ? List.of(
            step(
                "guard-key-" + node,
                "make the key of " + node + "'s start guard, on " + node,
                node,
                "key",
                Map.of()))
        : List.of();
  }

  /** Whom its guard asks, and who may ask there. */
  public List<Step> peers(NodeName host) {
    if (!peers.hosts().contains(host) || peers.isTold(host)) {
      return List.of();
    }
    Map<String, Value> values = new TreeMap<>();
    values.put("conf", Value.of(peers.conf(host)));
    values.put("peers", Value.of(words(peers.asked(host))));
    values.put("declared", Value.of(words(peers.declared())));
    for (NodeName asked : peers.asked(host)) {
      values.put("hosts." + asked, known(asked, "hosts"));
    }
    if (peers.asksThroughLogin(host)) {
      values.put("authorizes", Value.of("no"));
      return List.of(
          step(
              "guard-peers-" + host,
              "tell " + host + "'s start guard whom to ask",
              host,
              "peers",
              values),
          askers("guard-askers-" + host, "let its peers ask " + host, host, askersOf(host)));
    }
    values.putAll(askersOf(host));
    return List.of(
        step(
            "guard-peers-" + host,
            peers.isWitness(host)
                ? "let the nodes' start guards ask " + host
                : "tell " + host + "'s start guard whom to ask, and let its peers ask there",
            host,
            "peers",
            values));
  }

  private Map<String, Value> askersOf(NodeName host) {
    Map<String, Value> values = new TreeMap<>();
    values.put("askers", Value.of(words(peers.askers(host))));
    values.put("declared", Value.of(words(peers.declared())));
    for (NodeName asker : peers.askers(host)) {
      values.put("public." + asker, known(asker, "public"));
    }
    return values;
  }

  /** Who may ask there, in the file of whoever logs in: that user's own folder has the lock. */
  private Step askers(String name, String title, NodeName host, Map<String, Value> who) {
    Map<String, Value> values = new TreeMap<>(who);
    values.put("cluster", Value.of(goal.site().cluster().name().value()));
    values.put("node", Value.of(host.value()));
    values.put("answers", Value.of(peers.state(host)));
    values.put("os_user", Value.of(peers.scriptUser(host)));
    return Step.of(
        name,
        title,
        new Place.Login(host),
        ScriptCall.perform(new Script("guard", "askers"), values),
        QUICK);
  }

  /** As it was seen, or as the step that makes the node's key will tell. */
  private Value known(NodeName host, String what) {
    return peers.isWitness(host) || peers.hasKey(host)
        ? Value.of(facts(host).text("guard." + what).orElseThrow())
        : new Value.Known("guard-key-" + host, what);
  }

  /** Root's files, where they are not as they must be. */
  public List<Step> install(NodeName node) {
    return unit.isWanted(node)
        ? List.of(
            step(
                "guard-" + node,
                "put the start guard at " + unit.service(node) + ", as root",
                node,
                "install",
                Map.of()))
        : List.of();
  }

  /** Whom it asks must answer it as they would at a boot. */
  public List<Step> reach(NodeName node) {
    if (!peers.nodes().contains(node)) {
      return List.of();
    }
    List<NodeName> asked = peers.asked(node);
    List<String> reached = List.of(facts(node).text("guard.reached").orElse("").split(" "));
    boolean all = asked.stream().allMatch(p -> reached.contains(p.value()));
    return all && peers.isTold(node) && asked.stream().allMatch(peers::isTold)
        ? List.of()
        : List.of(
            step(
                    "guard-reach-" + node,
                    "have " + node + "'s start guard ask its peers",
                    node,
                    "reach",
                    Map.of("peers", Value.of(words(asked))))
                .owed());
  }

  /**
   * Takes the guard away from a node or a witness that leaves, and its peers' way in. The guard's
   * own program stays where it is root's: other clusters' servers on that host may have it too.
   */
  public List<Step> leave(NodeName host) {
    Facts facts = facts(host);
    boolean placed = unit.has(host) && facts.truth("guard.placed").orElse(false);
    boolean folder =
        facts.text("guard.public").isPresent()
            || facts.text("guard.program").filter(p -> !p.equals("missing")).isPresent();
    boolean asked = !facts.text("guard.authorized").orElse("").isEmpty();
    List<Step> steps = new ArrayList<>();
    if (asked && peers.asksThroughLogin(host)) {
      steps.add(
          askers(
              "guard-askers-" + host,
              "let nobody's start guard ask " + host + " any more",
              host,
              Map.of("askers", Value.of(""), "declared", Value.of(""))));
    }
    if (placed || folder || asked) {
      steps.add(
          step(
              "guard-leave-" + host,
              peers.isWitness(host)
                  ? "let nobody's start guard ask " + host + " any more"
                  : "take " + host + "'s start guard away",
              host,
              "leave",
              Map.of("unit", Value.of(mayBeTaken(host) ? "yes" : "no"))));
    }
    return steps;
  }

  /** Whether the unit's drop-in can be taken away by replctl; if not, its guard stays whole. */
  public boolean mayBeTaken(NodeName host) {
    return unit.mayBeTaken(host);
  }

  private static String words(List<NodeName> hosts) {
    return hosts.stream().map(NodeName::value).collect(Collectors.joining(" "));
  }

  private Step step(
      String name, String title, NodeName host, String script, Map<String, Value> more) {
    Map<String, Value> values = new TreeMap<>(more);
    values.put("cluster", Value.of(goal.site().cluster().name().value()));
    values.put("node", Value.of(host.value()));
    values.put("service", Value.of(unit.service(host)));
    values.put("engine", Value.of(peers.engine(host)));
    values.put("state_directory", Value.of(peers.state(host)));
    return Step.of(
        name,
        title,
        peers.isWitness(host) ? new Place.Witness(host) : Place.on(host),
        ScriptCall.perform(new Script("guard", script), values),
        QUICK);
  }

  private Facts facts(NodeName host) {
    return peers.facts(host);
  }
}
