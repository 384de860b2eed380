package replctl.playbooks.verb.doctor;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.Ssh;
import replctl.inventory.Witness;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.Finding.Level;

/**
 * Whether the operator's way to the hosts goes with one of them. Pure, and by the inventory alone:
 * what ~/.ssh/config has hosts pass through is not looked at.
 */
final class WayChecks {
  private WayChecks() {}

  /** A host of the cluster's that others are reached through. */
  static List<Finding> of(Cluster cluster, Node node) {
    if (node.connection() == Node.Connection.LOCAL) {
      return List.of();
    }
    List<Finding> found = new ArrayList<>();
    Set<String> jumps = jumps(node.ssh());
    for (Node member : cluster.nodes()) {
      if (!member.name().equals(node.name())
          && (jumps.contains(member.host()) || jumps.contains(member.name().value()))) {
        found.add(
            new Finding(
                Level.WARNING,
                "jump-member",
                "its host is reached through "
                    + member.name()
                    + "'s: when that one is lost, it can neither be asked, nor closed, nor made the"
                    + " leader from here",
                "ssh: jump in the inventory: through a host that is none of the cluster's"));
      }
    }
    return found;
  }

  /** A host that all that vote are reached through. */
  static List<Finding> of(Cluster cluster) {
    List<Ssh> ways =
        Stream.concat(
                cluster.nodes().stream()
                    .filter(n -> n.mayLead() && n.connection() == Node.Connection.SSH)
                    .map(Node::ssh),
                cluster.witnesses().stream()
                    .filter(w -> w.connection() == Node.Connection.SSH)
                    .map(Witness::ssh))
            .toList();
    if (ways.size() < 2) {
      return List.of();
    }
    Set<String> common = new LinkedHashSet<>(jumps(ways.get(0)));
    ways.forEach(way -> common.retainAll(jumps(way)));
    return common.stream()
        .map(
            host ->
                new Finding(
                    Level.NOTE,
                    "jump-single",
                    "all "
                        + ways.size()
                        + " hosts that vote and are reached over SSH are reached through "
                        + host
                        + ": while it is silent nothing can be changed from here, and no failover"
                        + " done",
                    "let one of them be reached another way, or keep replctl and the inventory on a"
                        + " second operator's host too"))
        .toList();
  }

  /** Hosts that are passed through: of [user@]host[:port] the host. */
  private static Set<String> jumps(Ssh ssh) {
    return ssh.jump().stream()
        .map(jump -> jump.substring(jump.lastIndexOf('@') + 1))
        .map(jump -> jump.replaceFirst("^\\[(.*)](:\\d+)?$", "$1"))
        .map(jump -> jump.indexOf(':') == jump.lastIndexOf(':') ? jump.split(":")[0] : jump)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
