package replctl.playbooks.engine.postgresql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import replctl.inventory.Database;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.SetupGoal;

/**
 * replctl's block of pg_hba.conf: who may log in with its roles, from where, and that nobody else
 * may. Addresses and not names: a name in that file needs a reverse look-up to match, and a login
 * waits for it.
 */
final class AccessBlock {
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");

  private AccessBlock() {}

  /** The lines between the marks, without an end of line at the last. */
  static String text(SetupGoal goal, NodeName node) {
    String reader = quoted(goal.site().declared(goal.leader()).database().user());
    String rewind = Accounts.REWIND;
    List<String> lines = new ArrayList<>();
    lines.add("# Written by replctl init: its own roles, from the nodes, with TLS and a password.");
    for (String range : ranges(goal, node)) {
      lines.add("hostssl replication,postgres " + Conninfo.ROLE + " " + range + " scram-sha-256");
      lines.add("hostssl postgres " + rewind + "," + reader + " " + range + " scram-sha-256");
    }
    // Through SSH the operator's reads come from the node itself, and SSH has encrypted them.
    for (String loopback : List.of("127.0.0.1/32", "::1/128")) {
      lines.add("host postgres " + reader + " " + loopback + " scram-sha-256");
    }
    if (goal.site().declared(node).database().access() == Database.Access.DIRECT) {
      lines.add("hostssl postgres " + reader + " all scram-sha-256");
    }
    String all = Conninfo.ROLE + "," + rewind + "," + reader;
    lines.add("host replication,all " + all + " all reject");
    return String.join("\n", lines);
  }

  /** Nodes of which this one does not know an address. */
  static List<NodeName> unknown(SetupGoal goal, NodeName node) {
    return goal.declared().stream()
        .filter(peer -> !peer.equals(node) && addresses(goal, node, peer).isEmpty())
        .toList();
  }

  /** Each other node's addresses and this one's loopback, by which its own logins are tried. */
  private static List<String> ranges(SetupGoal goal, NodeName node) {
    List<String> ranges = new ArrayList<>();
    for (NodeName peer : goal.declared()) {
      if (!peer.equals(node)) {
        for (String address : addresses(goal, node, peer)) {
          ranges.add(address + (address.contains(":") ? "/128" : "/32"));
        }
      }
    }
    ranges.add("127.0.0.1/32");
    return ranges.stream().distinct().toList();
  }

  private static List<String> addresses(SetupGoal goal, NodeName node, NodeName peer) {
    String host = goal.site().declared(peer).host();
    if (ADDRESS.matcher(host).matches()) {
      return List.of(host);
    }
    Optional<String> found = goal.site().facts(node).text("address." + peer.value());
    return new TreeSet<>(List.of(found.orElse("").split(" ")))
        .stream().filter(a -> ADDRESS.matcher(a).matches()).toList();
  }

  /** A role as pg_hba.conf has it; the words that mean something there lose that in quotes. */
  static String quoted(String role) {
    boolean plain = role.matches("[a-z_][a-z0-9_]*") && !role.matches("all|replication|samerole");
    return plain ? role : "\"" + role.replace("\"", "\"\"") + "\"";
  }
}
