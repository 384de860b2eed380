package replctl.inventory.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import replctl.inventory.Node;
import replctl.inventory.Witness;

/**
 * One server stands once in the whole file, and a vote is a host's of its own. Hosts are compared
 * by what is written, however it is written; nothing is asked of DNS.
 */
final class HostRules {
  private final Map<String, String> servers = new HashMap<>();
  private final Map<String, String> dataFolders = new HashMap<>();

  /** Checks a cluster against itself and against those before it. */
  void check(ClusterDraft cluster) {
    for (NodeDraft draft : cluster.nodes()) {
      Node node = draft.node();
      String named = cluster.name() + "/" + node.name();
      String host = HostForm.identity(node.host());
      String before = servers.putIfAbsent(host + ' ' + node.database().port(), named);
      if (before != null) {
        draft
            .spot(NodeKeys.HOST)
            .error(
                "host and port "
                    + node.host()
                    + ' '
                    + node.database().port()
                    + " are those of "
                    + before
                    + " already");
        continue;
      }
      // Hosts behind one address differ by their SSH port.
      String machine = machine(node.host(), node.ssh().port());
      Optional<String> folder = node.layout().dataDirectory();
      String owner =
          folder.isPresent() ? dataFolders.putIfAbsent(machine + ' ' + folder.get(), named) : null;
      if (owner != null) {
        draft
            .spot(LayoutKeys.DATA_DIRECTORY)
            .error("the data directory on this host is that of " + owner + " already");
      }
    }
    witnesses(cluster);
  }

  private record Voter(String machine, String name, boolean local) {}

  private static void witnesses(ClusterDraft cluster) {
    List<Voter> voters = new ArrayList<>();
    for (NodeDraft draft : cluster.nodes()) {
      Node node = draft.node();
      voters.add(
          new Voter(
              machine(node.host(), node.ssh().port()),
              node.name().value(),
              node.connection() == Node.Connection.LOCAL));
    }
    for (WitnessDraft draft : cluster.witnesses()) {
      Witness witness = draft.witness();
      Voter voter =
          new Voter(
              machine(witness.host(), witness.ssh().port()),
              witness.name().value(),
              witness.connection() == Node.Connection.LOCAL);
      for (Voter other : voters) {
        if (other.machine().equals(voter.machine())) {
          told(draft.host(), voter, other);
          break;
        }
      }
      voters.add(voter);
    }
  }

  private static void told(Spot place, Voter witness, Voter other) {
    String message = "the host of " + other.name() + ": one loss takes both votes";
    // A demo has only the one machine.
    if (witness.local() && other.local()) {
      place.warn(message);
    } else {
      place.error(message);
    }
  }

  private static String machine(String host, Optional<Integer> sshPort) {
    return HostForm.identity(host) + ' ' + (sshPort.isPresent() ? sshPort.get() : "");
  }
}
