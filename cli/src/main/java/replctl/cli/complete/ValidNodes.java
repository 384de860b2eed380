package replctl.cli.complete;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import replctl.cli.render.NodeWords;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.decide.Debts;
import replctl.playbooks.decide.candidate.Candidate;
import replctl.playbooks.decide.candidate.Candidates;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;

/** The nodes that a verb would take, by a look at the cluster; where there is none, all. Pure. */
public final class ValidNodes {
  private ValidNodes() {}

  /**
   * For a verb.
   *
   * @param path the verb's words; those of a plan count as the verb's own
   * @param option whose value it is; empty: the operand
   * @param seen the last look
   */
  public static List<Choice> of(
      String path, String option, Cluster cluster, Optional<Snapshot> seen) {
    if (seen.isEmpty()) {
      return Names.nodes(cluster);
    }
    Snapshot look = seen.get();
    Predicate<NodeView> fits = fits(verb(path), option, cluster, look);
    return look.nodes().stream()
        .filter(fits)
        .map(n -> new Choice(n.name().value(), NodeWords.of(n)))
        .toList();
  }

  private static String verb(String path) {
    return path.startsWith("plan ") ? path.substring("plan ".length()) : path;
  }

  private static Predicate<NodeView> fits(
      String verb, String option, Cluster cluster, Snapshot seen) {
    return switch ((verb + " " + option).strip()) {
      case "switchover --to" -> named(mayLead(cluster, seen));
      case "failover --to" -> n -> !leads(n) && answers(n) && declared(cluster, n).mayLead();
      case "failover --confirm-fenced", "fence --confirm-fenced" -> n -> !answers(n);
      case "fence --stop-writes" -> ValidNodes::leads;
      case "fence drill" -> n -> !leads(n) && !declared(cluster, n).fence().isEmpty();
      case "fence verify" -> n -> !declared(cluster, n).fence().isEmpty();
      case "unfence" -> n -> closed(n) || Debts.of(seen).contains(n.name());
      case "rejoin" -> n -> !leads(n) && !streams(n);
      case "rejoin --to" -> n -> leads(n) || streams(n);
      case "add" -> n -> !leads(n) && !streams(n);
      case "remove" -> n -> !leads(n);
      case "open" -> n -> n.role() == Role.CLOSED_LEADER;
      default -> n -> true;
    };
  }

  private static Predicate<NodeView> named(Set<NodeName> names) {
    return n -> names.contains(n.name());
  }

  private static Set<NodeName> mayLead(Cluster cluster, Snapshot seen) {
    return Candidates.of(cluster, seen).ranked().stream()
        .filter(Candidate::eligible)
        .map(Candidate::node)
        .collect(Collectors.toSet());
  }

  private static Node declared(Cluster cluster, NodeView view) {
    return cluster.node(view.name()).orElseThrow();
  }

  private static boolean leads(NodeView node) {
    return node.role() == Role.LEADER;
  }

  private static boolean answers(NodeView node) {
    return node.contact().answered() || node.server().isPresent();
  }

  private static boolean streams(NodeView node) {
    return node.role() == Role.FOLLOWER && node.server().flatMap(Server::streaming).orElse(false);
  }

  private static boolean closed(NodeView node) {
    return NodeWords.fenced(node) || !answers(node);
  }
}
