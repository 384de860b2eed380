package replctl.playbooks.verb.monitor;

import java.util.ArrayList;
import java.util.List;
import replctl.playbooks.decide.Health;
import replctl.playbooks.snapshot.NodeView;

/**
 * What a monitor is told, aspect by aspect. It is made of the findings that status shows, so that
 * both never contradict each other.
 *
 * @param verdicts in the order of {@link Aspect}
 */
public record Monitored(List<Verdict> verdicts) {
  public Monitored {
    verdicts = List.copyOf(verdicts);
  }

  /** Judges what was seen. Pure. */
  public static Monitored of(Sight sight, Wish wish) {
    List<NodeView> asked = Nodes.asked(sight, wish);
    if (sight.seen().nodes().stream().noneMatch(Monitored::answers)) {
      // Who can't see anything does not know that there is no leader.
      String text =
          "no node of "
              + sight.cluster().name()
              + " answers; unreachable is not down: "
              + asked.stream().findFirst().map(n -> n.contact().words()).orElse("");
      return new Monitored(
          wish.aspects().stream()
              .map(a -> new Verdict(a, List.of(Nodes.unknown(text)), "", List.of(), List.of()))
              .toList());
    }
    Health health = Health.of(sight.cluster(), sight.seen(), sight.levels());
    NodeJudging nodes = new NodeJudging(sight, wish, health);
    ClusterJudging cluster = new ClusterJudging(sight, wish, health);
    List<Verdict> verdicts = new ArrayList<>();
    for (Aspect aspect : wish.aspects()) {
      verdicts.add(
          switch (aspect) {
            case ROLE -> cluster.role();
            case LAG -> nodes.lag();
            case APPLY -> Applying.of(sight, wish);
            case SYNC -> cluster.sync();
            case EPOCH -> cluster.epoch();
            case FENCE -> nodes.fence();
            case DRIFT -> nodes.drift();
            case DISK -> nodes.disk();
            case READY -> cluster.ready();
          });
    }
    return new Monitored(verdicts);
  }

  private static boolean answers(NodeView node) {
    return node.contact().answered() || node.server().isPresent();
  }

  /** The state of all of it. */
  public State state() {
    return State.worst(verdicts.stream().map(Verdict::state).toList());
  }

  /** What is wrong, worst first, each once. */
  public List<Verdict.Problem> problems() {
    return verdicts.stream()
        .flatMap(v -> v.problems().stream())
        .distinct()
        .sorted(Verdict.WORST_FIRST)
        .toList();
  }

  /** All values, in order. */
  public List<Measure> measures() {
    return verdicts.stream().flatMap(v -> v.measures().stream()).toList();
  }
}
