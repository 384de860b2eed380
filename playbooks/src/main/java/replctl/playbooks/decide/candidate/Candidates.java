package replctl.playbooks.decide.candidate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Snapshot;

/** Who could lead next, best first. */
public record Candidates(List<Candidate> ranked) {
  /** Every rule, in the order in which they are shown. */
  public static final List<Rule> RULES =
      List.of(
          new MayLead(),
          new Answers(),
          new LeaderAnswers(),
          new Follows(),
          new SameCluster(),
          new SameHistory(),
          new Streams(),
          new CloseBehind(),
          new AppliesFreely());

  public Candidates {
    ranked = List.copyOf(ranked);
  }

  /**
   * Holds every node but the leader against every rule. In a planned hand-over each that passes
   * gets all of the leader's changes before it leads: so priority decides, then the least lag, then
   * the order of the inventory.
   */
  public static Candidates of(Cluster cluster, Snapshot seen) {
    Optional<NodeView> leader = seen.leader();
    List<Candidate> all = new ArrayList<>();
    for (Node node : cluster.nodes()) {
      if (leader.map(l -> l.name().equals(node.name())).orElse(false)) {
        continue;
      }
      all.add(candidate(cluster, seen, leader, node));
    }
    all.sort(
        Comparator.comparing((Candidate c) -> !c.eligible())
            .thenComparing(Comparator.comparingInt(Candidate::priority).reversed())
            .thenComparingLong(c -> behind(seen, c)));
    return new Candidates(all);
  }

  /** The best that passes every rule. */
  public Optional<Candidate> best() {
    return ranked.stream().filter(Candidate::eligible).findFirst();
  }

  private static Candidate candidate(
      Cluster cluster, Snapshot seen, Optional<NodeView> leader, Node node) {
    Question question = new Question(node, seen.node(node.name()), leader, cluster.limits());
    List<Check> checks = new ArrayList<>();
    for (Rule rule : RULES) {
      checks.add(rule.check(question).of(rule.name()));
    }
    return new Candidate(node.name(), node.priority(), checks);
  }

  private static long behind(Snapshot seen, Candidate candidate) {
    return seen.node(candidate.node())
        .server()
        .map(s -> s.lag().bytes().orElse(Long.MAX_VALUE))
        .orElse(Long.MAX_VALUE);
  }
}
