package replctl.playbooks.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import replctl.inventory.Node;
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
 * start, which asks its peers. Here is how it gets there; what it decides is in its own text
 * (script/guard/start).
 *
 * @param seat where a node's server lies
 */
public record StartGuard(SetupGoal goal, Function<NodeName, Seat> seat) {
  private static final Duration QUICK = Duration.ofSeconds(30);

  /**
   * Where a node's server lies, as its guard must know it.
   *
   * @param engine the engine's word: the guard has functions of that name
   * @param places data, bin, socket, port...: whatever the engine's part of the guard needs
   * @param service the systemd unit without {@code .service}; empty: nothing starts it at a boot
   * @param state the folder of replctl's files on that node
   */
  public record Seat(String engine, Map<String, String> places, String service, String state) {}

  /** Nodes that answer another's guard: reached over SSH, and seen. One alone has nobody to ask. */
  private List<NodeName> members() {
    List<NodeName> members =
        goal.nodes().stream()
            .filter(n -> declared(n).connection() == Node.Connection.SSH)
            .filter(n -> facts(n).text("guard.program").isPresent())
            .toList();
    return members.size() < 2 ? List.of() : members;
  }

  private boolean hasUnit(NodeName node) {
    return !seat.apply(node).service().isEmpty();
  }

  /** Whether root's files belong there. */
  private boolean guards(NodeName node) {
    return members().contains(node) && hasUnit(node) && !goal.policy().withoutGuard();
  }

  /** Why it can't be put there. */
  public List<Refusal> objections() {
    return goal.nodes().stream()
        .filter(n -> guards(n) && !installed(n))
        .flatMap(n -> objection(n).stream())
        .toList();
  }

  private Optional<Refusal> objection(NodeName node) {
    Facts facts = facts(node);
    Optional<String> name = facts.text("guard.unit_why");
    if (name.isPresent()) {
      return Optional.of(
          Refusal.of(
              Refusal.Code.E_STATE_01,
              node + ": " + name.get() + ".",
              "add to " + node + " in the inventory: state_directory: /path",
              "replctl init --without-guard: then a leader that comes back is writable by itself"));
    }
    if (facts.truth("guard.permitted").orElse(false)) {
      return Optional.empty();
    }
    String state = seat.apply(node).state() + "/guard/";
    List<String> next = new ArrayList<>();
    next.add("on " + node + ", in /etc/sudoers.d, as good as root (README, What to grant):");
    facts.text("guard.rules").stream()
        .flatMap(rules -> List.of(rules.split("; ")).stream())
        .forEach(next::add);
    next.add(
        "or by hand: replctl init --without-guard, then as root on "
            + node
            + ": install -D -m 0755 "
            + state
            + "program /usr/local/lib/replctl/guard; install -D -m 0644 "
            + state
            + "replctl-guard.conf "
            + dropIn(node)
            + "; systemctl daemon-reload; then replctl init");
    return Optional.of(
        new Refusal(
            Refusal.Code.E_RIGHTS_01,
            "the start guard can't be placed on "
                + node
                + ": without it, a leader that comes back is writable by itself.",
            "Nothing was changed.",
            next));
  }

  /** What the operator should know of. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (members().isEmpty()) {
      return warnings;
    }
    if (goal.policy().withoutGuard()) {
      warnings.add(
          "no start guard, as asked: where there is none yet, a leader that comes back is writable"
              + " by itself");
    }
    goal.nodes().stream()
        .filter(n -> !members().contains(n) || !hasUnit(n))
        .map(
            n ->
                n
                    + " has no start guard, for want of a unit of systemd's: when it was leader and"
                    + " is started, it is writable by itself")
        .forEach(warnings::add);
    return warnings;
  }

  /** What differs on a node, for people. */
  public List<Drift> drift(NodeName node) {
    if (!members().contains(node)) {
      return List.of();
    }
    List<Drift> all = new ArrayList<>();
    Facts facts = facts(node);
    String conf = LineDiff.of(facts.text("guard.conf").orElse(""), conf(node));
    if (!conf.isEmpty()) {
      all.add(new Drift("guard/conf", conf, false));
    }
    String asking = LineDiff.of(facts.text("guard.authorized").orElse(""), authorized(node));
    if (!asking.isEmpty()) {
      all.add(new Drift("authorized_keys", asking, false));
    }
    if (!guards(node) || installed(node)) {
      return all;
    }
    if (!facts.text("guard.script").equals(Optional.of("same"))) {
      all.add(
          new Drift(
              "/usr/local/lib/replctl/guard",
              facts.text("guard.script").equals(Optional.of("missing"))
                  ? "is missing"
                  : "is another, or not root's",
              false));
    }
    String unit =
        LineDiff.of(
            facts.text("guard.unit_has").orElse(""), facts.text("guard.unit_wants").orElse(""));
    if (!unit.isEmpty()) {
      all.add(new Drift(dropIn(node), unit, false));
    }
    return all;
  }

  private String dropIn(NodeName node) {
    return "/etc/systemd/system/" + seat.apply(node).service() + ".service.d/replctl-guard.conf";
  }

  private boolean installed(NodeName node) {
    Facts facts = facts(node);
    return facts.text("guard.script").equals(Optional.of("same"))
        && facts.text("guard.unit").equals(Optional.of("same"))
        && facts.truth("guard.loaded").orElse(false);
  }

  /** A key, where the node has none. */
  public List<Step> key(NodeName node) {
    return members().contains(node) && !hasKey(node)
        ? List.of(
            step(
                "guard-key-" + node,
                "make the key of " + node + "'s start guard, on " + node,
                node,
                "key",
                Map.of()))
        : List.of();
  }

  private boolean hasKey(NodeName node) {
    return facts(node).text("guard.public").isPresent()
        && facts(node).text("guard.hosts").isPresent();
  }

  /** Whom its guard asks, and who may ask there. */
  public List<Step> peers(NodeName node) {
    if (!members().contains(node) || knowsItsPeers(node)) {
      return List.of();
    }
    Map<String, Value> values = new TreeMap<>();
    values.put("conf", Value.of(conf(node)));
    values.put("peers", Value.of(words(peersOf(node))));
    values.put("declared", Value.of(words(goal.declared())));
    for (NodeName peer : peersOf(node)) {
      boolean known = hasKey(peer);
      String step = "guard-key-" + peer;
      values.put(
          "public." + peer,
          known
              ? Value.of(facts(peer).text("guard.public").orElseThrow())
              : new Value.Known(step, "public"));
      values.put(
          "hosts." + peer,
          known
              ? Value.of(facts(peer).text("guard.hosts").orElseThrow())
              : new Value.Known(step, "hosts"));
    }
    return List.of(
        step(
            "guard-peers-" + node,
            "tell " + node + "'s start guard whom to ask, and let its peers ask there",
            node,
            "peers",
            values));
  }

  private boolean knowsItsPeers(NodeName node) {
    Facts facts = facts(node);
    List<String> known = facts.text("guard.known").orElse("").lines().toList();
    return peersOf(node).stream().allMatch(this::hasKey)
        && facts.text("guard.conf").orElse("").strip().equals(conf(node).strip())
        && facts.text("guard.program").equals(Optional.of("same"))
        && facts.text("guard.authorized").orElse("").equals(authorized(node))
        && peersOf(node).stream()
            .allMatch(
                p ->
                    facts(p).text("guard.hosts").orElse("").lines().toList().stream()
                        .allMatch(key -> known.contains(p + " " + key)));
  }

  /** Root's files, where they are not as they must be. */
  public List<Step> install(NodeName node) {
    return guards(node) && !installed(node)
        ? List.of(
            step(
                "guard-" + node,
                "put the start guard before " + seat.apply(node).service() + ", as root",
                node,
                "install",
                Map.of()))
        : List.of();
  }

  /** Its peers must answer it as they would at a boot. */
  public List<Step> reach(NodeName node) {
    if (!members().contains(node)) {
      return List.of();
    }
    List<String> reached = List.of(facts(node).text("guard.reached").orElse("").split(" "));
    boolean all = peersOf(node).stream().allMatch(p -> reached.contains(p.value()));
    return all && knowsItsPeers(node) && peersOf(node).stream().allMatch(this::knowsItsPeers)
        ? List.of()
        : List.of(
            step(
                    "guard-reach-" + node,
                    "have " + node + "'s start guard ask its peers",
                    node,
                    "reach",
                    Map.of("peers", Value.of(words(peersOf(node)))))
                .owed());
  }

  /**
   * Takes the guard away from a node that leaves, and its peers' way in. The guard's own program
   * stays: other clusters' servers on that host may have it too.
   */
  public List<Step> leave(NodeName node) {
    Facts facts = facts(node);
    boolean unit = hasUnit(node) && facts.truth("guard.placed").orElse(false);
    boolean folder = facts.text("guard.public").isPresent();
    return unit || folder || !facts.text("guard.authorized").orElse("").isEmpty()
        ? List.of(
            step(
                "guard-leave-" + node,
                "take " + node + "'s start guard away",
                node,
                "leave",
                Map.of("unit", Value.of(mayBeTaken(node) ? "yes" : "no"))))
        : List.of();
  }

  /** Whether the unit's drop-in can be taken away by replctl; if not, its guard stays whole. */
  public boolean mayBeTaken(NodeName node) {
    return !hasUnit(node)
        || !facts(node).truth("guard.placed").orElse(false)
        || facts(node).truth("guard.permitted").orElse(false);
  }

  private List<NodeName> peersOf(NodeName node) {
    return members().stream().filter(n -> !n.equals(node)).toList();
  }

  private static String words(List<NodeName> nodes) {
    return nodes.stream().map(NodeName::value).collect(Collectors.joining(" "));
  }

  /** The text of guard/conf; a peer that takes no part now is asked as before. */
  private String conf(NodeName node) {
    Seat its = seat.apply(node);
    StringBuilder text = new StringBuilder("replctl-guard 1\n");
    text.append("cluster ").append(goal.site().cluster().name()).append('\n');
    text.append("node ").append(node).append('\n');
    text.append("engine ").append(its.engine()).append('\n');
    new TreeMap<>(its.places())
        .forEach((what, where) -> text.append(what).append(' ').append(where).append('\n'));
    List<String> before = facts(node).text("guard.conf").orElse("").lines().toList();
    for (NodeName peer : goal.declared()) {
      if (peersOf(node).contains(peer)) {
        text.append(peer(peer)).append('\n');
      } else if (!peer.equals(node)) {
        before.stream()
            .filter(line -> line.startsWith("peer " + peer + " "))
            .findFirst()
            .ifPresent(line -> text.append(line).append('\n'));
      }
    }
    return text.append("end\n").toString();
  }

  private String peer(NodeName peer) {
    return "peer "
        + peer
        + " "
        + facts(peer).text("script_user").orElse("-")
        + " "
        + declared(peer).ssh().port().orElse(22)
        + " "
        + declared(peer).host();
  }

  /** The block of authorized_keys, as far as the peers' keys are known. */
  private String authorized(NodeName node) {
    String state = seat.apply(node).state();
    List<String> lines = new ArrayList<>();
    for (NodeName peer : peersOf(node)) {
      lines.add(
          "restrict,command=\""
              + state
              + "/guard/program answer "
              + state
              + "\" "
              + facts(peer).text("guard.public").orElse("(a key to be made)")
              + " replctl-guard-"
              + peer);
    }
    // Of nodes that take no part now; who has left the cluster asks nobody.
    for (String line : facts(node).text("guard.authorized").orElse("").lines().toList()) {
      if (peersOf(node).stream().noneMatch(p -> line.endsWith(" replctl-guard-" + p))
          && goal.declared().stream().anyMatch(p -> line.endsWith(" replctl-guard-" + p))) {
        lines.add(line);
      }
    }
    return String.join("\n", lines);
  }

  private Step step(
      String name, String title, NodeName node, String script, Map<String, Value> more) {
    Map<String, Value> values = new TreeMap<>(more);
    values.put("cluster", Value.of(goal.site().cluster().name().value()));
    values.put("node", Value.of(node.value()));
    values.put("service", Value.of(seat.apply(node).service()));
    values.put("state_directory", Value.of(seat.apply(node).state()));
    return Step.of(
        name,
        title,
        Place.on(node),
        ScriptCall.perform(new Script("guard", script), values),
        QUICK);
  }

  private Facts facts(NodeName node) {
    return goal.site().facts(node);
  }

  private Node declared(NodeName node) {
    return goal.site().declared(node);
  }
}
