package replctl.playbooks.verb;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Position;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;

/**
 * Which of the followers that stand still has most: that is what is kept. A follower whose history
 * has parted from that of the others is left out, and vetoes nobody; one that was written to while
 * another led has no say in whose history that is, unless all of them were. Pure.
 *
 * @param views those whose position is known, fullest first
 * @param parted those of another history
 * @param unclear whether as many are of that other history, and nobody has said which is kept
 */
record Fullest(List<NodeView> views, List<NodeName> parted, boolean unclear) {
  /**
   * By the history of most.
   *
   * @param asked whose history is kept, where somebody has said so
   */
  static Fullest of(Snapshot frozen, Collection<NodeName> closed, Optional<NodeName> asked) {
    List<NodeView> known =
        FailoverRules.followers(frozen).stream()
            .filter(n -> !closed.contains(n.name()) && position(n).isPresent())
            .toList();
    List<NodeView> faithful =
        known.stream().filter(n -> !position(n).orElseThrow().strays()).toList();
    List<NodeView> all = faithful.isEmpty() ? known : faithful;
    Optional<NodeView> said =
        all.stream().filter(n -> asked.equals(Optional.of(n.name()))).findFirst();
    Optional<NodeView> most =
        said.or(
            () ->
                all.stream()
                    .max(
                        Comparator.comparingLong((NodeView n) -> agreeing(n, all))
                            .thenComparing(Fullest::order)));
    Optional<NodeView> top = most.map(m -> climbed(m, all));
    boolean unclear =
        (said.isEmpty() || !top.equals(said))
            && top.filter(
                    m ->
                        all.stream()
                            .anyMatch(n -> diverged(n, m) && agreeing(n, all) >= agreeing(m, all)))
                .isPresent();
    List<NodeName> parted =
        new ArrayList<>(known.stream().filter(n -> !all.contains(n)).map(NodeView::name).toList());
    List<NodeView> kept = new ArrayList<>();
    for (NodeView node : all) {
      boolean apart = top.filter(m -> diverged(node, m)).isPresent();
      if (apart) {
        parted.add(node.name());
      } else {
        kept.add(node);
      }
    }
    kept.sort((a, b) -> order(b, a));
    return new Fullest(List.copyOf(kept), List.copyOf(parted), unclear);
  }

  /** The one that has most. */
  NodeName node() {
    return views.get(0).name();
  }

  /** Whether that node has all that the fullest has. */
  boolean has(NodeName node) {
    return views.stream()
        .filter(v -> v.name().equals(node))
        .anyMatch(v -> v.equals(views.get(0)) || hasAll(v, views.get(0)));
  }

  /** Who leads: the one that was asked for, or priority decides, then who has more. */
  Optional<NodeName> best(Cluster cluster, Optional<NodeName> asked) {
    List<NodeName> may =
        views.stream()
            .map(NodeView::name)
            .filter(n -> cluster.node(n).filter(FailoverRules::mayLead).isPresent())
            .toList();
    if (asked.isPresent()) {
      return asked.filter(may::contains);
    }
    return may.stream()
        .max(
            Comparator.comparingInt((NodeName n) -> cluster.node(n).orElseThrow().priority())
                .thenComparing(Comparator.comparingInt(may::indexOf).reversed()));
  }

  /** One that was written to on the side never leads where there is another. */
  Optional<Refusal> astray(Cluster cluster, Optional<NodeName> asked) {
    return asked
        .filter(parted::contains)
        .map(
            node ->
                Refusal.of(
                    Refusal.Code.E_CANDIDATE_01,
                    node
                        + " can't lead: it has what was written there while another led, and "
                        + views.stream()
                            .map(v -> v.name().value())
                            .collect(Collectors.joining(" and "))
                        + (views.size() == 1 ? " has" : " have")
                        + " nothing like that.",
                    "let another lead: replctl failover " + cluster.name(),
                    "replctl candidates " + cluster.name()));
  }

  /** It can't be told whose history is the leader's. */
  Optional<Refusal> twoHistories(Cluster cluster, NodeName leader) {
    if (!unclear) {
      return Optional.empty();
    }
    String names =
        Stream.concat(views.stream().map(NodeView::name), parted.stream())
            .map(NodeName::value)
            .sorted()
            .collect(Collectors.joining(" and "));
    return Optional.of(
        Refusal.of(
            Refusal.Code.E_CANDIDATE_01,
            "the histories of "
                + names
                + " have parted, and who of them has what "
                + leader
                + " acknowledged last is not known.",
            "see what each of them has; the one to be kept leads: replctl failover "
                + cluster.name()
                + " --to NODE"));
  }

  List<String> warnings() {
    List<String> words = new ArrayList<>();
    for (NodeName node : parted) {
      words.add(
          node + "'s history has parted from the others': it is left out, and must be rejoined");
    }
    return words;
  }

  /**
   * The one that has most of those whose history goes on from there. One that stands before a fork
   * agrees with both sides of it: which side is kept is seen from the top only.
   */
  private static NodeView climbed(NodeView from, List<NodeView> all) {
    NodeView top = from;
    for (NodeView node : all) {
      if (order(node, top) > 0) {
        top = node;
      }
    }
    return top;
  }

  private static boolean hasAll(NodeView a, NodeView b) {
    return !diverged(a, b) && order(a, b) >= 0;
  }

  private static Optional<Position> position(NodeView node) {
    return node.server().flatMap(Server::position);
  }

  private static long agreeing(NodeView node, List<NodeView> all) {
    return all.stream().filter(other -> !diverged(node, other)).count();
  }

  private static boolean diverged(NodeView a, NodeView b) {
    return position(a).orElseThrow().compare(position(b).orElseThrow()) == Position.Order.DIVERGED;
  }

  private static int order(NodeView a, NodeView b) {
    return switch (position(a).orElseThrow().compare(position(b).orElseThrow())) {
      case BEFORE -> -1;
      case AFTER -> 1;
      case EQUAL, DIVERGED -> 0;
    };
  }
}
