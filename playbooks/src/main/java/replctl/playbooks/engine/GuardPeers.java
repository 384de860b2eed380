package replctl.playbooks.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.inventory.Ssh;
import replctl.inventory.Witness;
import replctl.playbooks.engine.StartGuard.Seat;
import replctl.playbooks.world.Facts;

/**
 * Whom start guards ask, who may ask at a host, and the texts that say so there: every node and
 * every witness that other hosts reach over SSH. A witness asks nobody.
 *
 * @param seat where a node's server lies
 */
record GuardPeers(SetupGoal goal, Function<NodeName, Seat> seat) {
  /** How a host that is asked is written down: a node has a server to tell of, too. */
  private static final String NODE = "peer ";

  private static final String WITNESS = "witness ";

  /** Why nobody can log in as a host's server's user. */
  static final String NO_LOGIN = "guard.no_login";

  /** As whom that host is asked then. */
  private static final String ASKED_AS = "guard.asked_as";

  private static final String SCRIPT_USER = "script_user";

  /** Nodes that answer another's guard and were seen. One that has nobody to ask is none. */
  List<NodeName> nodes() {
    List<NodeName> nodes =
        goal.nodes().stream()
            .filter(n -> goal.site().declared(n).connection() == Node.Connection.SSH)
            .filter(n -> facts(n).text("guard.program").isPresent())
            .toList();
    return nodes.size() + witnesses().size() < 2 ? List.of() : nodes;
  }

  /** Witnesses that can be asked and were seen. */
  List<NodeName> witnesses() {
    return goal.site().cluster().witnesses().stream()
        .filter(w -> facts(w.name()).text("guard.program").isPresent())
        .filter(w -> whyNot(w).isEmpty())
        .map(Witness::name)
        .toList();
  }

  /** Both, where there is a node to ask. */
  List<NodeName> hosts() {
    List<NodeName> nodes = nodes();
    return nodes.isEmpty() ? nodes : Stream.concat(nodes.stream(), witnesses().stream()).toList();
  }

  boolean isWitness(NodeName host) {
    return witness(host).isPresent();
  }

  private Optional<Witness> witness(NodeName host) {
    return goal.site().cluster().witnesses().stream()
        .filter(w -> w.name().equals(host))
        .findFirst();
  }

  /** Whom the guard at that host asks. */
  List<NodeName> asked(NodeName host) {
    return isWitness(host)
        ? List.of()
        : hosts().stream().filter(other -> !other.equals(host)).toList();
  }

  /** Whose guards may ask there. */
  List<NodeName> askers(NodeName host) {
    return nodes().stream().filter(n -> !n.equals(host)).toList();
  }

  /** All that are declared, also those that take no part now: what is known of them stays. */
  List<NodeName> declared() {
    return Stream.concat(
            goal.declared().stream(), goal.site().cluster().witnesses().stream().map(Witness::name))
        .toList();
  }

  /** The folder of replctl's files there. */
  String state(NodeName host) {
    return isWitness(host)
        ? facts(host).text("state_directory").orElse("")
        : seat.apply(host).state();
  }

  /** The engine's word; that of a host without a server is none. */
  String engine(NodeName host) {
    return isWitness(host) ? "none" : seat.apply(host).engine();
  }

  /** Whom scripts run as there. */
  String scriptUser(NodeName host) {
    return facts(host).text(SCRIPT_USER).orElse("");
  }

  /** Whether that host is asked as whoever logs in, since nobody can as its server's user. */
  boolean asksThroughLogin(NodeName host) {
    return !isWitness(host) && facts(host).text(NO_LOGIN).isPresent();
  }

  Facts facts(NodeName host) {
    return goal.site().facts(host);
  }

  boolean hasKey(NodeName node) {
    return facts(node).text("guard.public").isPresent()
        && facts(node).text("guard.hosts").isPresent();
  }

  /** Witnesses that no guard asks, and why. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    List<NodeName> asked = hosts();
    for (Witness witness : goal.site().cluster().witnesses()) {
      if (asked.contains(witness.name()) || isAskedAlready(witness.name())) {
        continue;
      }
      warnings.add(
          "start guards do not ask the witness "
              + witness.name()
              + ", so a leader that comes back has one voter less to open by: "
              + whyNot(witness).orElse("it does not answer now; when it does: replctl init"));
    }
    return warnings;
  }

  private boolean isAskedAlready(NodeName witness) {
    return nodes().stream().allMatch(n -> before(n, witness).isPresent());
  }

  /** Why no other host can ask there. */
  private Optional<String> whyNot(Witness witness) {
    if (witness.connection() == Node.Connection.LOCAL && Loopback.is(witness.host())) {
      return Optional.of(
          "its host is "
              + witness.host()
              + " in the inventory, which is another machine on each; give it the name by which the"
              + " nodes reach it");
    }
    Facts facts = facts(witness.name());
    return facts.text("guard.program").isPresent() && facts.text("guard.hosts").isEmpty()
        ? Optional.of("there are no host keys in /etc/ssh: it has no SSH server")
        : Optional.empty();
  }

  /** The text of guard/conf; who takes no part now is asked as before. */
  String conf(NodeName host) {
    StringBuilder text = new StringBuilder("replctl-guard 1\n");
    text.append("cluster ").append(goal.site().cluster().name()).append('\n');
    text.append("node ").append(host).append('\n');
    if (isWitness(host)) {
      return text.append("engine none\nend\n").toString();
    }
    Seat its = seat.apply(host);
    text.append("engine ").append(its.engine()).append('\n');
    new TreeMap<>(its.places())
        .forEach((what, where) -> text.append(what).append(' ').append(where).append('\n'));
    List<NodeName> asked = asked(host);
    for (NodeName other : declared()) {
      if (asked.contains(other)) {
        text.append(line(other)).append('\n');
      } else if (!other.equals(host)) {
        before(host, other).ifPresent(line -> text.append(line).append('\n'));
      }
    }
    return text.append("end\n").toString();
  }

  /** How a node's guard asks another host so far. */
  private Optional<String> before(NodeName node, NodeName other) {
    String begin = (isWitness(other) ? WITNESS : NODE) + other + " ";
    return facts(node)
        .text("guard.conf")
        .orElse("")
        .lines()
        .filter(line -> line.startsWith(begin))
        .findFirst();
  }

  private String line(NodeName host) {
    Optional<Witness> witness = witness(host);
    Ssh ssh = witness.map(Witness::ssh).orElseGet(() -> goal.site().declared(host).ssh());
    return (witness.isPresent() ? WITNESS : NODE)
        + host
        + " "
        + facts(host).text(asksThroughLogin(host) ? ASKED_AS : SCRIPT_USER).orElse("-")
        + " "
        + ssh.port().orElse(22)
        + " "
        + witness.map(Witness::host).orElseGet(() -> goal.site().declared(host).host());
  }

  /** The block of authorized_keys, as far as the keys are known. */
  String authorized(NodeName host) {
    String command = command(host);
    List<NodeName> askers = askers(host);
    List<String> lines = new ArrayList<>();
    for (NodeName asker : askers) {
      lines.add(
          "restrict,command=\""
              + command
              + "\" "
              + facts(asker).text("guard.public").orElse("(a key to be made)")
              + " replctl-guard-"
              + asker);
    }
    // Of nodes that take no part now; who has left the cluster asks nobody.
    for (String line : facts(host).text("guard.authorized").orElse("").lines().toList()) {
      if (askers.stream().noneMatch(p -> line.endsWith(" replctl-guard-" + p))
          && goal.declared().stream().anyMatch(p -> line.endsWith(" replctl-guard-" + p))) {
        lines.add(line);
      }
    }
    return String.join("\n", lines);
  }

  /** What such a key has done there: as in part/askers.sh. */
  private String command(NodeName host) {
    String state = state(host);
    String answer = state + "/guard/program answer " + state;
    if (!asksThroughLogin(host)) {
      return answer;
    }
    String user = scriptUser(host);
    boolean root = facts(host).text(ASKED_AS).equals(Optional.of("root"));
    return "echo 'exec "
        + answer
        + "' | "
        + (root ? "runuser -u " + user + " --" : "sudo -n -u " + user)
        + " bash -s";
  }

  /** Whether a host has all that it must know of the others. */
  boolean isTold(NodeName host) {
    Facts facts = facts(host);
    List<String> known = facts.text("guard.known").orElse("").lines().toList();
    return askers(host).stream().allMatch(this::hasKey)
        && facts.text("guard.conf").orElse("").strip().equals(conf(host).strip())
        && facts.text("guard.program").equals(Optional.of("same"))
        && facts.text("guard.authorized").orElse("").equals(authorized(host))
        && asked(host).stream()
            .allMatch(
                p ->
                    facts(p).text("guard.hosts").orElse("").lines().toList().stream()
                        .allMatch(key -> known.contains(p + " " + key)));
  }

  /** What differs there, of what a user's own files say; for people. */
  List<Drift> drift(NodeName host) {
    Facts facts = facts(host);
    return Stream.of(
            new Drift(
                "guard/conf", LineDiff.of(facts.text("guard.conf").orElse(""), conf(host)), false),
            new Drift(
                "authorized_keys",
                LineDiff.of(facts.text("guard.authorized").orElse(""), authorized(host)),
                false))
        .filter(drift -> !drift.change().isEmpty())
        .toList();
  }
}
