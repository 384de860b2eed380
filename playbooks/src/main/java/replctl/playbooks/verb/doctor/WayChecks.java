package replctl.playbooks.verb.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.inventory.Ssh;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.Finding.Level;
import replctl.playbooks.snapshot.Ways;
import replctl.playbooks.world.Passage;

/**
 * Whether the operator's way to the hosts goes with one of them. Pure: by what the operator's own
 * settings of SSH were found to make of the inventory, or by that alone.
 */
final class WayChecks {
  private WayChecks() {}

  /** A host of the cluster's that others are reached through. */
  static List<Finding> of(Cluster cluster, Node node, Ways ways) {
    if (node.connection() == Node.Connection.LOCAL) {
      return List.of();
    }
    List<Finding> found = new ArrayList<>();
    List<Passage> jumps = jumps(node.name(), node.ssh(), ways);
    for (Node member : cluster.nodes()) {
      if (!member.name().equals(node.name()) && jumps.stream().anyMatch(j -> is(j, member, ways))) {
        found.add(
            new Finding(
                Level.WARNING,
                "jump-member",
                "its host is reached through "
                    + member.name()
                    + "'s: when that one is lost, it can neither be asked, nor closed, nor made the"
                    + " leader from here",
                (node.ssh().jump().isEmpty()
                        ? "ProxyJump in ~/.ssh/config"
                        : "ssh: jump in the inventory")
                    + ": through a host that is none of the cluster's"));
      }
    }
    return found;
  }

  private static boolean is(Passage jump, Node member, Ways ways) {
    List<Passage> way = ways.to(member.name());
    return jump.is(member.host())
        || jump.is(member.name().value())
        || (!way.isEmpty() && jump.is(way.get(way.size() - 1).address()));
  }

  /** A host that all that vote are reached through. */
  static List<Finding> of(Cluster cluster, Ways ways) {
    List<List<Passage>> all =
        Stream.concat(
                cluster.nodes().stream()
                    .filter(n -> n.mayLead() && n.connection() == Node.Connection.SSH)
                    .map(n -> jumps(n.name(), n.ssh(), ways)),
                cluster.witnesses().stream()
                    .filter(w -> w.connection() == Node.Connection.SSH)
                    .map(w -> jumps(w.name(), w.ssh(), ways)))
            .toList();
    if (all.size() < 2) {
      return List.of();
    }
    Map<String, Passage> common = new LinkedHashMap<>();
    all.get(0).forEach(jump -> common.put(jump.address(), jump));
    common
        .values()
        .removeIf(
            jump -> !all.stream().allMatch(w -> w.stream().anyMatch(j -> j.is(jump.address()))));
    return common.values().stream()
        .map(
            host ->
                new Finding(
                    Level.NOTE,
                    "jump-single",
                    "all "
                        + all.size()
                        + " hosts that vote and are reached over SSH are reached through "
                        + host.words()
                        + ": while it is silent nothing can be changed from here, and no failover"
                        + " done",
                    "let one of them be reached another way, or keep replctl and the inventory on a"
                        + " second operator's host too"))
        .toList();
  }

  /** Hosts that are passed through. */
  private static List<Passage> jumps(NodeName name, Ssh ssh, Ways ways) {
    List<Passage> way = ways.to(name);
    return way.isEmpty()
        ? ssh.jump().stream().map(WayChecks::host).map(h -> new Passage(h, h)).toList()
        : way.subList(0, way.size() - 1);
  }

  /** Of [user@]host[:port] the host. */
  private static String host(String jump) {
    String rest =
        jump.substring(jump.lastIndexOf('@') + 1).replaceFirst("^\\[(.*)](:\\d+)?$", "$1");
    int colon = rest.indexOf(':');
    return colon >= 0 && colon == rest.lastIndexOf(':') ? rest.substring(0, colon) : rest;
  }
}
