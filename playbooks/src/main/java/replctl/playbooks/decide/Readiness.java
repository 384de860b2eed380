package replctl.playbooks.decide;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.playbooks.decide.candidate.Candidate;
import replctl.playbooks.decide.candidate.Candidates;
import replctl.playbooks.decide.candidate.Check;
import replctl.playbooks.snapshot.Gap;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Snapshot;

/**
 * How ready a cluster is to be led by another node, as it was seen. Pure.
 *
 * @param next who would lead after a switchover; empty: nobody can, or it is not known
 * @param against why each of the others can't, in words
 * @param loss what would be gone with the leader; empty where it is not known who leads
 * @param words all of it in one line
 */
public record Readiness(
    Optional<NodeName> next, List<Against> against, Optional<Loss> loss, String words) {
  public Readiness {
    against = List.copyOf(against);
  }

  /** Why a node can't lead. */
  public record Against(NodeName node, String why) {}

  /** Judges what was seen. */
  public static Readiness of(Cluster cluster, Snapshot seen) {
    List<NodeView> writable = seen.writable();
    Optional<NodeView> leader = seen.leader();
    if (writable.size() > 1) {
      String words = "no: " + ClusterRules.names(writable) + " take writes apart from each other";
      return new Readiness(Optional.empty(), List.of(), Optional.empty(), words);
    }
    if (leader.isEmpty()) {
      String words = "not known: no leader is seen";
      return new Readiness(Optional.empty(), List.of(), Optional.empty(), words);
    }
    Candidates candidates = Candidates.of(cluster, seen);
    Optional<NodeName> next = candidates.best().map(Candidate::node);
    List<NodeName> order = seen.nodes().stream().map(NodeView::name).toList();
    List<Against> against =
        candidates.ranked().stream()
            .filter(c -> !c.eligible())
            .sorted(Comparator.comparingInt(c -> order.indexOf(c.node())))
            .map(c -> new Against(c.node(), why(c)))
            .toList();
    Loss loss = Loss.of(leader.get(), seen);
    return new Readiness(
        next,
        against,
        Optional.of(loss),
        switchover(next, against) + "; " + lost(leader.get().name(), loss));
  }

  /** What speaks against it; where nothing does for certain, the first thing that is not known. */
  private static String why(Candidate candidate) {
    List<String> no =
        candidate.against().stream()
            .filter(c -> c.verdict() == Check.Verdict.FAIL)
            .map(Check::words)
            .distinct()
            .toList();
    return no.isEmpty() ? candidate.against().get(0).words() : String.join(", ", no);
  }

  private static String switchover(Optional<NodeName> next, List<Against> against) {
    if (next.isPresent()) {
      return next.get() + " would lead after a switchover";
    }
    return against.isEmpty()
        ? "nobody is there to take over"
        : against.stream()
            .map(a -> a.node() + ": " + a.why())
            .collect(Collectors.joining("; ", "nobody can take over (", ")"));
  }

  private static String lost(NodeName leader, Loss loss) {
    String were = "if " + leader + " were lost now, ";
    return switch (loss.kind()) {
      case NONE -> were + "no acknowledged write would be";
      case NOT_RECEIVED ->
          were
              + "so would be what "
              + loss.fullest().map(NodeName::value).orElse("no follower")
              + " had not received: "
              + amount(loss.gap());
      case UNKNOWN -> were + "what would be lost with it is not known: " + loss.why();
    };
  }

  private static String amount(Gap gap) {
    return gap.isKnown() ? gap.words() + " when asked" : "not known how much";
  }
}
