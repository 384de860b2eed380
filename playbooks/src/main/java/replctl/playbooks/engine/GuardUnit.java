package replctl.playbooks.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.world.Facts;

/** Root's two files, by which systemd runs the start guard before or beside a node's server. */
record GuardUnit(GuardPeers peers) {
  /** The node's unit; empty: nothing starts its server at a boot. */
  String service(NodeName host) {
    return peers.isWitness(host) ? "" : peers.seat().apply(host).service();
  }

  boolean has(NodeName host) {
    return !service(host).isEmpty();
  }

  /** Whether they belong there and are not there as they must be. */
  boolean isWanted(NodeName node) {
    return peers.nodes().contains(node)
        && has(node)
        && !peers.goal().policy().withoutGuard()
        && !installed(node);
  }

  /** Whether the unit's drop-in can be taken away by replctl; if not, its guard stays whole. */
  boolean mayBeTaken(NodeName host) {
    return !has(host)
        || !peers.facts(host).truth("guard.placed").orElse(false)
        || peers.facts(host).truth("guard.permitted").orElse(false);
  }

  /** Why it can't be put there. */
  List<Refusal> objections() {
    return peers.goal().nodes().stream()
        .filter(this::isWanted)
        .flatMap(n -> objection(n).stream())
        .toList();
  }

  private Optional<Refusal> objection(NodeName node) {
    Facts facts = peers.facts(node);
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
    String state = peers.state(node) + "/guard/";
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
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (peers.goal().policy().withoutGuard()) {
      warnings.add(
          "no start guard, as asked: where there is none yet, a leader that comes back is writable"
              + " by itself");
    }
    peers.goal().nodes().stream()
        .filter(n -> !peers.nodes().contains(n) || !has(n))
        .map(
            n ->
                n
                    + " has no start guard, for want of a unit of systemd's: when it was leader and"
                    + " is started, it is writable by itself")
        .forEach(warnings::add);
    return warnings;
  }

  /** What differs on a node, for people. */
  List<Drift> drift(NodeName node) {
    if (!isWanted(node)) {
      return List.of();
    }
    List<Drift> all = new ArrayList<>();
    Facts facts = peers.facts(node);
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
    return "/etc/systemd/system/" + service(node) + ".service.d/replctl-guard.conf";
  }

  private boolean installed(NodeName node) {
    Facts facts = peers.facts(node);
    return facts.text("guard.script").equals(Optional.of("same"))
        && facts.text("guard.unit").equals(Optional.of("same"))
        && facts.truth("guard.loaded").orElse(false);
  }
}
